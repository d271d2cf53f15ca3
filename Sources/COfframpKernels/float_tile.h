#ifndef OFFRAMP_FLOAT_TILE_H
#define OFFRAMP_FLOAT_TILE_H

#include <stdbool.h>

#include "float_view.h"
#include "lanes.h"
#include "panels.h"

// sums [rows, PANEL] = x [rows, depth] panel [depth, PANEL], or added to sums. Each sum runs over
// the depth in its order, one fused multiply-add after the other, whatever the number of rows.
typedef void float_tile_function(
    long rows, long depth, float_view x, const float *panel, float *sums, bool accumulate);

float_tile_function float_tile_plain, float_tile_avx2, float_tile_avx512;

// The rows and vectors of a tile are constants where this is called, so that all sums stay in
// registers.
OFFRAMP_INLINE void float_tile(
    long rows, long vectors, long depth, float_view x, const float *panel, float *sums,
    bool accumulate)
{
    float_lanes total[MOST_TILE_ROWS][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++) {
            const float_lanes *start = (const float_lanes *)(sums + r * PANEL + v * LANES);
            total[r][v] = accumulate ? *start : (float_lanes){0};
        }
    for (long k = 0; k < depth; k++, x.entries += x.depth_stride, panel += PANEL)
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
            OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
                total[r][v] += x.entries[r * x.row_stride]
                    * *(const float_lanes *)(panel + v * LANES);
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
            *(float_lanes *)(sums + r * PANEL + v * LANES) = total[r][v];
}

#endif
