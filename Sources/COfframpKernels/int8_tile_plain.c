#include "int8_tile.h"

static int32_t dot(const int8_t *x, const uint8_t *weights)
{
    int32_t sum = 0;
    for (long i = 0; i < GROUP; i++)
        sum += x[i] * (weights[i] - 128);
    return sum;
}

void int8_tile_plain(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < PANEL; c++) {
            int32_t sum = 0;
            for (long g = 0; g < groups; g++)
                sum += dot(x.codes + r * x.stride + g * GROUP, panel + (g * PANEL + c) * GROUP);
            sums[r * PANEL + c] = sum;
        }
}
