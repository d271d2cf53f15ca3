#ifndef OFFRAMP_STEP_PACK_H
#define OFFRAMP_STEP_PACK_H

#include "products/panels.h"

// Brings floats x, rows at a stride, into the steps of four bytes that tiles read.
//
// transposed: packed [steps of depth, PANEL] = x [width, depth], transposed; stride_to is PANEL.
// columns: packed [steps of depth, stride_to] = x [depth, width].
// rows: packed [width, stride_to], in steps, = x [width, depth].
//
// The first two fill the rows of `packed` up with zeros, for which stride_to >= width; all fill the
// last step up.
typedef void pack_function(
    long width, long depth, const float *x, long stride, void *packed, long stride_to);

#endif
