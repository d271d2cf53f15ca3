#include "offramp_linear.h"
#include "products/bfloat16.h"
#include "products/kernels.h"
#include "products/step_product.h"

size_t offramp_linear_packed_bytes(offramp_product_format format, long outputs, long inputs)
{
    return packed_bytes(format, outputs, inputs);
}

void offramp_linear_pack(
    offramp_path path, offramp_product_format format, long outputs, long inputs,
    const float *weight, void *packed)
{
    const step_kernel *kernel = step_kernel_of(path, format);
    uint32_t *panel = packed;
    for (long first = 0; first < outputs; first += PANEL, weight += PANEL * inputs) {
        kernel->pack_transposed(
            smaller(PANEL, outputs - first), inputs, weight, inputs, panel, PANEL);
        panel += steps_of(kernel, inputs) * PANEL;
    }
}

// A product of all rows, done panel by panel, each of which stays in the nearest cache.
typedef struct {
    const step_kernel *kernel;
    finish_function *finish;
    offramp_activation activation;
    long rows, steps;
    step_view x;
    float *y;
    long stride;
} linear_product;

// p.y [rows, columns] at its stride, columns <= PANEL; bias is [PANEL].
static void finish_panel(linear_product p, long columns, const void *panel, const float *bias)
{
    _Alignas(64) float sums[EDGE_SIZE];
    while (p.rows > 0) {
        long count = next_tile_rows(p.rows, p.kernel->tile_rows);
        prefetch_for_writing(count, p.y, p.stride);
        p.kernel->tile(count, p.steps, p.x, panel, sums, PANEL, false);
        p.finish(p.activation, count, columns, sums, bias, p.y, p.stride);
        p.rows -= count;
        p.x = skip_rows(p.x, count);
        p.y += count * p.stride;
    }
}

static long row_steps(offramp_product_format format, long inputs)
{
    return format == OFFRAMP_PRODUCT_BFLOAT16 ? offramp_bfloat16_stride(inputs) / PAIR : inputs;
}

void offramp_linear(
    offramp_path path, offramp_product_format format, offramp_activation activation, long rows,
    long outputs, long inputs, const void *x, const void *packed, const float *bias, float *y)
{
    static const float no_bias[PANEL];
    const step_kernel *kernel = step_kernel_of(path, format);
    linear_product p = {
        .kernel = kernel, .finish = kernels_of(path)->finish, .activation = activation,
        .rows = rows, .steps = steps_of(kernel, inputs), .x = {x, row_steps(format, inputs), 1},
        .stride = outputs};
    const uint32_t *panel = packed;
    for (long first = 0; first < outputs; first += PANEL, panel += p.steps * PANEL) {
        p.y = y + first;
        finish_panel(p, smaller(PANEL, outputs - first), panel, bias ? bias + first : no_bias);
    }
}
