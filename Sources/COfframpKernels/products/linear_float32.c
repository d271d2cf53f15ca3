#include "offramp_linear_float32.h"
#include "products/step_kernel.h"

size_t offramp_linear_float32_packed_count(long outputs, long inputs)
{
    return (size_t)round_up(outputs, PANEL) * inputs;
}

void offramp_linear_float32_pack(long outputs, long inputs, const float *weight, float *packed)
{
    pack_function *pack = float_kernel(offramp_best_path()).pack_transposed;
    for (long first = 0; first < outputs; first += PANEL, packed += PANEL * inputs)
        pack(smaller(PANEL, outputs - first), inputs, weight + first * inputs, inputs, packed,
            PANEL);
}

static const float no_bias[PANEL];

// All rows against one panel, which stays in the nearest cache.
static void multiply_panel(
    step_kernel kernel, offramp_activation activation, long rows, long columns, long inputs,
    const float *x, const float *panel, const float *bias, float *y, long stride)
{
    _Alignas(64) float sums[MOST_TILE_ROWS * PANEL];
    while (rows > 0) {
        long count = next_tile_rows(rows, kernel.tile_rows);
        prefetch_for_writing(count, y, stride);
        step_view view = {x, inputs, 1};
        kernel.tile(count, inputs, view, panel, sums, PANEL, false);
        kernel.finish(activation, count, columns, sums, bias, y, stride);
        rows -= count;
        x += count * inputs;
        y += count * stride;
    }
}

void offramp_linear_float32(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    const float *x, const float *packed, const float *bias, float *y)
{
    step_kernel kernel = float_kernel(path);
    for (long first = 0; first < outputs; first += PANEL, packed += PANEL * inputs)
        multiply_panel(
            kernel, activation, rows, smaller(PANEL, outputs - first), inputs, x, packed,
            bias ? bias + first : no_bias, y + first, outputs);
}
