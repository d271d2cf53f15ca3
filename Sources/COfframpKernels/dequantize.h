#ifndef OFFRAMP_DEQUANTIZE_H
#define OFFRAMP_DEQUANTIZE_H

#include <stdint.h>

#include "offramp_activation.h"

// What turns the sums of one panel's codes into floats, from the panel's first output on.
typedef struct {
    const float *row_scales, *scales, *bias;
} dequantization;

// y [rows, columns] at a stride
//   = activation(sums [rows, PANEL] * row_scales [rows] * scales [columns] + bias [columns]).
typedef void dequantize_function(
    offramp_activation activation, long rows, long columns, const int32_t *sums,
    dequantization by, float *y, long stride);

dequantize_function dequantize_plain, dequantize_avx2, dequantize_avx512;

#endif
