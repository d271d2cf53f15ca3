#ifndef OFFRAMP_FEED_FORWARD_INT8_H
#define OFFRAMP_FEED_FORWARD_INT8_H

#include "offramp_linear_int8.h"

// Packed weights with the scale and the bias of each output.
typedef struct {
    const uint8_t *packed;
    const float *scales, *bias;
} offramp_int8_weights;

// The layer norm after the residual sum: see offramp_layer_norm.
typedef struct {
    const float *weight, *bias;
    float epsilon;
} offramp_norm;

// y [rows, width] = norm(x + down(activation(up(x)))), up being [inner, width] and down [width,
// inner]. Blocks of rows pass through all of it, so that the inner values stay in the cache. y may
// be x.
// scratch is offramp_feed_forward_int8_scratch(width, inner) bytes, aligned to 64.
void offramp_feed_forward_int8(
    offramp_path path, offramp_activation activation, long rows, long width, long inner,
    const float *x, offramp_int8_weights up, offramp_int8_weights down, offramp_norm norm,
    float *y, void *scratch);

size_t offramp_feed_forward_int8_scratch(long width, long inner);

#endif
