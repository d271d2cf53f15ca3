#ifndef OFFRAMP_PANELS_H
#define OFFRAMP_PANELS_H

#include "processor/compiling.h"

// The second factor of a product is packed into panels of 32 columns, which every path reads in its
// own vectors. Missing columns of the last panel are zero.
#define PANEL 32

// The most rows of any path's tile, and of one whose sums are in vector registers.
#define MOST_TILE_ROWS 32
#define MOST_REGISTER_ROWS 14

OFFRAMP_INLINE long smaller(long a, long b) { return a < b ? a : b; }

OFFRAMP_INLINE long round_up(long count, long multiple)
{
    return (count + multiple - 1) / multiple * multiple;
}

// The rows of the next tile, when `rows` are left and a tile holds at most `most`. Tiles of nearly
// equal height keep the processor busy; in a short one each sum waits for its last addition.
OFFRAMP_INLINE long next_tile_rows(long rows, long most)
{
    long tiles = (rows + most - 1) / most;
    return (rows + tiles - 1) / tiles;
}

// Fetches a tile of the result while its sums are computed: its rows lie too far apart for the
// processor's own prefetching.
OFFRAMP_INLINE void prefetch_for_writing(long rows, const float *y, long stride)
{
    for (long r = 0; r < rows; r++) {
        __builtin_prefetch(y + r * stride, 1);
        __builtin_prefetch(y + r * stride + PANEL / 2, 1);
    }
}

#endif
