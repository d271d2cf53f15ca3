#ifndef OFFRAMP_ATTENTION_H
#define OFFRAMP_ATTENTION_H

#include <stddef.h>
#include <stdint.h>

#include "offramp_path.h"
#include "offramp_product_format.h"

// What is added to the scores of a head by the distance from query to key (relative position bias),
// times sqrt(width / heads). NULL adds nothing. Otherwise [heads, 2 * reach + OFFRAMP_BIAS_SLACK]: the
// entry of a query that stands d tokens behind its key is at reach + d. reach is at least the longest
// text; the slack is read, but changes nothing.
typedef struct {
    const float *values;
    long reach;
} offramp_attention_bias;

#define OFFRAMP_BIAS_SLACK 32

// Self-attention inside each text of a packed batch (Vaswani et al., 2017).
//
// qkv is [tokens, 3 * width]: q, k and v side by side, each cut into heads of width / heads
// columns. starts has texts + 1 entries; text i owns the rows [starts[i], starts[i + 1]).
// y [tokens, width] = softmax((q k^T + bias) / sqrt(width / heads)) v, head by head, for the heads
// [first, end): other columns of y stay as they are. A text's rows depend on no other text, a head's
// columns on no other head, to the bit.
//
// probabilities is NULL, or has room for heads * sum(n_i^2) floats and receives the softmax's
// output (before dropout) for the gradient: texts in order, then heads, then [n_i, n_i]. Dropout
// decides on a probability by its index in that layout, as offramp_dropout would.
//
// scratch is offramp_attention_scratch(longest text, ...) bytes, aligned to 64.
void offramp_attention(
    offramp_path path, offramp_product_format format, long texts, const int32_t *starts,
    long width, long heads, long first, long end, const float *qkv, offramp_attention_bias bias,
    float dropout_probability, uint64_t seed, float *y, float *probabilities, void *scratch);

// The bytes of scratch when no text is longer than `longest` tokens.
size_t offramp_attention_scratch(long longest, long width, long heads);

// dqkv [tokens, 3 * width] from dy [tokens, width] and what the forward pass took and kept; the
// products are of floats. dqkv overlaps nothing else. dbias is NULL, or has the form of the bias's
// values and its gradient added to it. scratch is offramp_attention_gradient_scratch(longest text, ...)
// bytes, aligned to 64.
void offramp_attention_gradient(
    offramp_path path, long texts, const int32_t *starts, long width, long heads, const float *dy,
    const float *qkv, const float *probabilities, float dropout_probability, uint64_t seed,
    float *dqkv, float *dbias, long reach, void *scratch);

size_t offramp_attention_gradient_scratch(long longest, long width, long heads);

#endif
