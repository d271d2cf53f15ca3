#include "products/float_tile.h"

void float_tile_plain(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const float *entries = panel;
    for (long half = 0; half < PANEL; half += LANES, entries += LANES, sums += LANES)
        if (rows == 2)
            float_tile(2, 1, steps, x, entries, sums, stride, accumulate);
        else
            float_tile(1, 1, steps, x, entries, sums, stride, accumulate);
}
