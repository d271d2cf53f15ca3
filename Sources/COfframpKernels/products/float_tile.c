#include "products/steps.h"
#include "products/tile.h"

// Tiles of float32: a step is one float, and one fused multiply-add.

// The number of rows and of vectors is a constant wherever this is called.
OFFRAMP_INLINE void float_tile(
    long rows, long vectors, long steps, step_view x, const float *panel, float *sums, long stride,
    bool accumulate)
{
    tile_sums total;
    start_sums(rows, vectors, sums, stride, accumulate, total);
    const float *entries = x.entries;
    for (long k = 0; k < steps; k++, entries += x.step_stride, panel += PANEL)
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
            OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
                total[r][v] +=
                    entries[r * x.row_stride] * *(const float_lanes *)(panel + v * LANES);
    store_sums(rows, vectors, total, sums, stride);
}

void float_tile_plain(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const float *weights = panel;
    for (long half = 0; half < PANEL; half += LANES, weights += LANES, sums += LANES)
        if (rows == 2)
            float_tile(2, 1, steps, x, weights, sums, stride, accumulate);
        else
            float_tile(1, 1, steps, x, weights, sums, stride, accumulate);
}

#if OFFRAMP_X86

// Half the panel at a time: 12 of the 16 registers hold sums.
OFFRAMP_AVX2 void float_tile_avx2(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const float *weights = panel;
    for (long half = 0; half < PANEL; half += LANES, weights += LANES, sums += LANES)
        switch (rows) {
            TILE_CASES_6(float_tile, 1, steps, x, weights, sums, stride, accumulate)
        }
}

// 28 of the 32 registers hold sums, two the panel and one a broadcast entry of x.
OFFRAMP_AVX512 void float_tile_avx512(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    switch (rows) {
        TILE_CASES_14(float_tile, 2, steps, x, panel, sums, stride, accumulate)
    }
}

#endif
