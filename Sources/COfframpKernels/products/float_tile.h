#ifndef OFFRAMP_FLOAT_TILE_H
#define OFFRAMP_FLOAT_TILE_H

#include "processor/lanes.h"
#include "products/step_tile.h"

// A step is one float, and one fused multiply-add.
step_tile_function float_tile_plain, float_tile_avx2, float_tile_avx512;

// The rows and vectors of a tile are constants where this is called, so that all sums stay in
// registers.
OFFRAMP_INLINE void float_tile(
    long rows, long vectors, long steps, step_view x, const float *panel, float *sums, long stride,
    bool accumulate)
{
    float_lanes total[MOST_TILE_ROWS][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++) {
            const float_lanes *start = (const float_lanes *)(sums + r * stride + v * LANES);
            total[r][v] = accumulate ? *start : (float_lanes){0};
        }
    const float *entries = x.entries;
    for (long k = 0; k < steps; k++, entries += x.step_stride, panel += PANEL)
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
            OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
                total[r][v] +=
                    entries[r * x.row_stride] * *(const float_lanes *)(panel + v * LANES);
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
            *(float_lanes *)(sums + r * stride + v * LANES) = total[r][v];
}

#endif
