#ifndef OFFRAMP_PANELS_H
#define OFFRAMP_PANELS_H

#include <stddef.h>

#include "processor/clones.h"
#include "products/rounding.h"

// Packed weights are cut into panels of 32 outputs, which every path reads in its own vectors.
// Outputs that fill up the last panel are zero.
#define PANEL 32

// The most rows that any path sums at a time.
#define MOST_TILE_ROWS 14

OFFRAMP_INLINE long smaller(long a, long b) { return a < b ? a : b; }

// Fetches a tile of the result while its sums are computed: its rows lie too far apart for the
// processor to foresee them.
OFFRAMP_INLINE void prefetch_for_writing(long rows, const float *y, long stride)
{
    for (long r = 0; r < rows; r++) {
        __builtin_prefetch(y + r * stride, 1);
        __builtin_prefetch(y + r * stride + PANEL / 2, 1);
    }
}

// The rows of the next tile, when `rows` are left and a tile holds at most `most`: tiles of nearly
// the same height, as short ones keep the processor waiting for its own sums.
OFFRAMP_INLINE long next_tile_rows(long rows, long most)
{
    long tiles = (rows + most - 1) / most;
    return (rows + tiles - 1) / tiles;
}

#endif
