#include "products/int8_tile.h"

static int32_t dot(const int8_t *x, const uint8_t *weights)
{
    int32_t sum = 0;
    for (long i = 0; i < GROUP; i++)
        sum += x[i] * (weights[i] - 128);
    return sum;
}

OFFRAMP_INLINE void sum(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < PANEL; c++) {
            int32_t total = 0;
            for (long g = 0; g < groups; g++)
                total += dot(x.codes + r * x.stride + g * GROUP, panel + (g * PANEL + c) * GROUP);
            sums[r * PANEL + c] = total;
        }
}

void int8_tile_plain(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    _Alignas(64) int32_t sums[PANEL];
    switch (rows) {
        INT8_TILE(1)
    }
}
