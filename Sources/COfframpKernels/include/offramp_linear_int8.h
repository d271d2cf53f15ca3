#ifndef OFFRAMP_LINEAR_INT8_H
#define OFFRAMP_LINEAR_INT8_H

#include <stddef.h>
#include <stdint.h>

#include "offramp_activation.h"
#include "offramp_path.h"

// Bytes that packed weights take: for each 32 outputs [ceil(inputs / 4)][32][4], each weight plus 128,
// which is what dot-product instructions read, and then as int32 [32] what the negative weights of
// each output add up to, without the sign. The layout is the same for every path.
size_t offramp_linear_int8_packed_bytes(long outputs, long inputs);

// packed = weight [outputs, inputs]. packed is best aligned to 64 bytes.
void offramp_linear_int8_pack(
    long outputs, long inputs, const int8_t *weight, uint8_t *packed);

// Rows of codes as offramp_quantize_rows makes them.
typedef struct {
    const int8_t *codes;
    const float *scales;
    const int32_t *sums;
} offramp_quantized_rows;

// y [rows, outputs] = activation(x [rows, inputs] weight^T + bias [outputs]), where a weight is its
// packed code times the scale [outputs] of its output; bias may be NULL. The sums of codes are
// exact, on every path alike (inputs < 65,000).
void offramp_linear_int8(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    offramp_quantized_rows x, const uint8_t *packed, const float *scales, const float *bias,
    float *y);

#endif
