#include "products/bfloat16_tile.h"

void bfloat16_tile_plain(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const uint16_t *weights = panel;
    for (long half = 0; half < PANEL; half += LANES, weights += LANES * PAIR, sums += LANES)
        for (long r = 0; r < rows; r++) {
            step_view row = {
                (const bfloat16_pair *)x.entries + r * x.row_stride, x.row_stride, x.step_stride};
            bfloat16_tile(1, 1, steps, row, weights, sums + r * stride, stride, accumulate);
        }
}
