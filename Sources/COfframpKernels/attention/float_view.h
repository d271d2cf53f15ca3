#ifndef OFFRAMP_FLOAT_VIEW_H
#define OFFRAMP_FLOAT_VIEW_H

// A matrix [rows, depth] at any strides, so that a transpose is only another view.
typedef struct {
    const float *entries;
    long row_stride, depth_stride;
} float_view;

#endif
