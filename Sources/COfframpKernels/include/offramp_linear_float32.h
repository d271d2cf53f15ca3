#ifndef OFFRAMP_LINEAR_FLOAT32_H
#define OFFRAMP_LINEAR_FLOAT32_H

#include <stddef.h>

#include "offramp_activation.h"
#include "offramp_path.h"

// Floats that packed weights take: [ceil(outputs / 32)][inputs][32], zeros at the end of the last
// panel. The layout is the same for every path.
size_t offramp_linear_float32_packed_count(long outputs, long inputs);

// packed = weight [outputs, inputs]. packed is best aligned to 64 bytes.
void offramp_linear_float32_pack(long outputs, long inputs, const float *weight, float *packed);

// y [rows, outputs] = activation(x [rows, inputs] weight^T + bias [outputs]); bias may be NULL.
// A row of y depends on its own row of x alone, to the bit.
void offramp_linear_float32(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    const float *x, const float *packed, const float *bias, float *y);

#endif
