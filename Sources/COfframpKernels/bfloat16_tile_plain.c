#include "bfloat16_tile.h"

void bfloat16_tile_plain(
    long rows, long pairs, const uint16_t *x, long stride, const uint16_t *panel, float *sums)
{
    for (long half = 0; half < PANEL; half += LANES, panel += LANES * PAIR, sums += LANES)
        for (long r = 0; r < rows; r++)
            bfloat16_tile(1, 1, pairs, x + r * stride, stride, panel, sums + r * PANEL);
}
