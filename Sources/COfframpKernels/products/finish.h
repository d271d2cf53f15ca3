#ifndef OFFRAMP_FINISH_H
#define OFFRAMP_FINISH_H

#include "offramp_activation.h"

// y [rows, columns] at a stride = activation(sums [rows, PANEL] + bias [PANEL]), columns <= PANEL.
typedef void finish_function(
    offramp_activation activation, long rows, long columns, const float *sums, const float *bias,
    float *y, long stride);

finish_function finish_plain, finish_avx2, finish_avx512;

#endif
