#ifndef OFFRAMP_TILE_H
#define OFFRAMP_TILE_H

#include <stdbool.h>

#include "processor/lanes.h"
#include "products/panels.h"

// What the tiles of all formats share.

// The cases of a switch over a tile's rows. Each calls tile(rows, ...) with a constant number of
// rows, so that all sums stay in registers.
#define TILE_CASE(count, tile, ...) \
    case count: \
        tile(count, __VA_ARGS__); \
        break;
#define TILE_CASES_4(tile, ...) \
    TILE_CASE(1, tile, __VA_ARGS__) TILE_CASE(2, tile, __VA_ARGS__) \
    TILE_CASE(3, tile, __VA_ARGS__) TILE_CASE(4, tile, __VA_ARGS__)
#define TILE_CASES_6(tile, ...) \
    TILE_CASES_4(tile, __VA_ARGS__) \
    TILE_CASE(5, tile, __VA_ARGS__) TILE_CASE(6, tile, __VA_ARGS__)
#define TILE_CASES_12(tile, ...) \
    TILE_CASES_6(tile, __VA_ARGS__) \
    TILE_CASE(7, tile, __VA_ARGS__) TILE_CASE(8, tile, __VA_ARGS__) \
    TILE_CASE(9, tile, __VA_ARGS__) TILE_CASE(10, tile, __VA_ARGS__) \
    TILE_CASE(11, tile, __VA_ARGS__) TILE_CASE(12, tile, __VA_ARGS__)
#define TILE_CASES_14(tile, ...) \
    TILE_CASES_12(tile, __VA_ARGS__) \
    TILE_CASE(13, tile, __VA_ARGS__) TILE_CASE(14, tile, __VA_ARGS__)

// The sums of a tile in registers: rows of at most two vectors.
typedef float_lanes tile_sums[MOST_REGISTER_ROWS][2];

OFFRAMP_INLINE void start_sums(
    long rows, long vectors, const float *sums, long stride, bool accumulate, tile_sums total)
{
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++) {
            const float_lanes *start = (const float_lanes *)(sums + r * stride + v * LANES);
            total[r][v] = accumulate ? *start : (float_lanes){0};
        }
}

OFFRAMP_INLINE void store_sums(
    long rows, long vectors, tile_sums total, float *sums, long stride)
{
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
            *(float_lanes *)(sums + r * stride + v * LANES) = total[r][v];
}

#endif
