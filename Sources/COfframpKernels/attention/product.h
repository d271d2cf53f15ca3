#ifndef OFFRAMP_PRODUCT_H
#define OFFRAMP_PRODUCT_H

#include "attention/float_view.h"
#include "processor/lanes.h"

// Small matrix products, where a library's call would cost more than the work.

// Rows at a stride, whole vectors wide.
typedef struct {
    float *entries;
    long stride;
} lane_rows;

// TILE_ROWS x (columns * LANES) sums stay in registers; `columns` is a constant at each call.
#define TILE_ROWS 4
#define TILE_COLUMNS 2

// Stores the first `rows` of the tile; past them the last row of a is read again.
OFFRAMP_INLINE void product_tile(
    long rows, long columns, long depth, float_view a, const float *b, long b_stride,
    lane_rows c, int accumulate)
{
    float_lanes sums[TILE_ROWS][TILE_COLUMNS] = {0};
    const float *entries[TILE_ROWS];
    OFFRAMP_UNROLL
    for (long row = 0; row < TILE_ROWS; row++)
        entries[row] = a.entries + (row < rows ? row : rows - 1) * a.row_stride;
    for (long k = 0; k < depth; k++, b += b_stride)
        OFFRAMP_UNROLL
        for (long row = 0; row < TILE_ROWS; row++)
            OFFRAMP_UNROLL
            for (long v = 0; v < columns; v++)
                sums[row][v] +=
                    entries[row][k * a.depth_stride] * *(const float_lanes *)(b + v * LANES);
    OFFRAMP_UNROLL
    for (long row = 0; row < TILE_ROWS; row++)
        OFFRAMP_UNROLL
        for (long v = 0; v < columns && row < rows; v++) {
            float_lanes *target = (float_lanes *)(c.entries + row * c.stride + v * LANES);
            *target = accumulate ? *target + sums[row][v] : sums[row][v];
        }
}

// c [rows, width] = a [rows, depth] b [depth, width], or that added to c; width is a multiple of
// LANES.
OFFRAMP_INLINE void product(
    long rows, long width, long depth, float_view a, lane_rows b, lane_rows c, int accumulate)
{
    for (long column = 0; column < width; column += TILE_COLUMNS * LANES)
        for (long row = 0; row < rows; row += TILE_ROWS) {
            const float *right = b.entries + column;
            float_view left = {a.entries + row * a.row_stride, a.row_stride, a.depth_stride};
            lane_rows target = {c.entries + row * c.stride + column, c.stride};
            if (width - column >= TILE_COLUMNS * LANES)
                product_tile(
                    rows - row, TILE_COLUMNS, depth, left, right, b.stride, target, accumulate);
            else
                product_tile(rows - row, 1, depth, left, right, b.stride, target, accumulate);
        }
}

#endif
