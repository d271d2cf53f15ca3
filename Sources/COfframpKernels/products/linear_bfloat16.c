#include "offramp_linear_bfloat16.h"
#include "products/bfloat16_tile.h"
#include "products/step_kernel.h"

static long pair_count(long inputs) { return round_up(inputs, PAIR) / PAIR; }

size_t offramp_linear_bfloat16_packed_count(long outputs, long inputs)
{
    return (size_t)round_up(outputs, PANEL) * pair_count(inputs) * PAIR;
}

void offramp_linear_bfloat16_pack(
    long outputs, long inputs, const float *weight, uint16_t *packed)
{
    pack_function *pack = bfloat16_kernel(offramp_best_path()).pack_transposed;
    long panel_size = PANEL * pair_count(inputs) * PAIR;
    for (long first = 0; first < outputs; first += PANEL, packed += panel_size)
        pack(smaller(PANEL, outputs - first), inputs, weight + first * inputs, inputs, packed,
            PANEL);
}

// All rows against one panel, which stays in the nearest cache.
static void multiply_panel(
    step_kernel kernel, offramp_activation activation, long rows, long columns, long inputs,
    const uint16_t *x, const uint16_t *panel, const float *bias, float *y, long y_stride)
{
    _Alignas(64) float sums[MOST_TILE_ROWS * PANEL];
    long stride = offramp_bfloat16_stride(inputs);
    while (rows > 0) {
        long count = next_tile_rows(rows, kernel.tile_rows);
        prefetch_for_writing(count, y, y_stride);
        step_view view = {x, stride / PAIR, 1};
        kernel.tile(count, pair_count(inputs), view, panel, sums, PANEL, false);
        kernel.finish(activation, count, columns, sums, bias, y, y_stride);
        rows -= count;
        x += count * stride;
        y += count * y_stride;
    }
}

static const float no_bias[PANEL];

void offramp_linear_bfloat16(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    const uint16_t *x, const uint16_t *packed, const float *bias, float *y)
{
    step_kernel kernel = bfloat16_kernel(path);
    long panel_size = PANEL * pair_count(inputs) * PAIR;
    for (long first = 0; first < outputs; first += PANEL, packed += panel_size)
        multiply_panel(
            kernel, activation, rows, smaller(PANEL, outputs - first), inputs, x, packed,
            bias ? bias + first : no_bias, y + first, outputs);
}
