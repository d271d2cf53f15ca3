#ifndef OFFRAMP_LINEAR_H
#define OFFRAMP_LINEAR_H

#include <stddef.h>
#include <stdint.h>

#include "offramp_activation.h"
#include "offramp_path.h"
#include "offramp_product_format.h"

// Bytes that packed weights take: [ceil(outputs / 32)][inputs][32] floats, or
// [ceil(outputs / 32)][ceil(inputs / 2)][32][2] bfloat16, zeros at the ends. The layout is the same
// for every path.
size_t offramp_linear_packed_bytes(offramp_product_format format, long outputs, long inputs);

// packed = weight [outputs, inputs], rounded to the format. packed is best aligned to 64 bytes.
void offramp_linear_pack(
    offramp_path path, offramp_product_format format, long outputs, long inputs,
    const float *weight, void *packed);

// y [rows, outputs] = activation(x [rows, inputs] weight^T + bias [outputs]), where x is floats, or
// bfloat16 from offramp_round_rows. Sums are float32; bias may be NULL. A row of y depends on its
// own row of x alone, to the bit; paths differ in their roundings.
void offramp_linear(
    offramp_path path, offramp_product_format format, offramp_activation activation, long rows,
    long outputs, long inputs, const void *x, const void *packed, const float *bias, float *y);

// A bfloat16 is the upper half of a float's bits, here in a uint16_t and rounded to nearest even.

// The distance between rows of bfloat16: width rounded up to 32, filled with zeros.
long offramp_bfloat16_stride(long width);

// rounded [rows, offramp_bfloat16_stride(width)] = x [rows, width].
void offramp_round_rows(long rows, long width, const float *x, uint16_t *rounded);

#endif
