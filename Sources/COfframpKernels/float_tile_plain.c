#include "float_tile.h"

void float_tile_plain(
    long rows, long depth, float_view x, const float *panel, float *sums, bool accumulate)
{
    for (long half = 0; half < PANEL; half += LANES, panel += LANES, sums += LANES)
        if (rows == 2)
            float_tile(2, 1, depth, x, panel, sums, accumulate);
        else
            float_tile(1, 1, depth, x, panel, sums, accumulate);
}
