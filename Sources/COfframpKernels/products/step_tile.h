#ifndef OFFRAMP_STEP_TILE_H
#define OFFRAMP_STEP_TILE_H

#include <stdbool.h>

#include "products/panels.h"

// Both operands of a tile are read in steps of four bytes along the depth: one float, or a pair of
// bfloat16.

// A matrix [rows, steps] at any strides, in steps, so that a transpose is only another view.
typedef struct {
    const void *entries;
    long row_stride, step_stride;
} step_view;

// sums [rows, PANEL] at a stride = x [rows, steps] panel [steps, PANEL], or added to sums. Each sum
// runs over the steps in their order, whatever the number of rows.
typedef void step_tile_function(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate);

#endif
