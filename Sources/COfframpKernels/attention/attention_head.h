#ifndef OFFRAMP_ATTENTION_HEAD_H
#define OFFRAMP_ATTENTION_HEAD_H

#include <stdint.h>

#include "attention/product.h"
#include "processor/transpose.h"
#include "products/panels.h"
#include "rows/hash.h"

// Scores are made for this many queries at a time, so that they stay in the cache.
#define QUERY_BLOCK 16

// What one head of one text needs to know: its sizes, the same rounded up to whole vectors, and the
// width of y.
typedef struct {
    long tokens, dimension, padded_tokens, padded_dimension, width;
    float scale;
} head_shape;

typedef struct {
    float probability;
    uint64_t key;
} head_dropout;

OFFRAMP_INLINE head_shape shape_of_head(long tokens, long width, long heads)
{
    long dimension = width / heads;
    return (head_shape){
        .tokens = tokens,
        .dimension = dimension,
        .padded_tokens = round_up(tokens, LANES),
        .padded_dimension = round_up(dimension, LANES),
        .width = width,
        .scale = 1 / __builtin_elementwise_sqrt((float)dimension),
    };
}

// The next rows of scratch; widths are multiples of LANES, so all stay aligned.
OFFRAMP_INLINE lane_rows take(float **scratch, long rows, long width)
{
    lane_rows taken = {*scratch, width};
    *scratch += rows * width;
    return taken;
}

OFFRAMP_INLINE lane_rows skip_rows(lane_rows x, long rows)
{
    return (lane_rows){x.entries + rows * x.stride, x.stride};
}

// The gradient reads what it was given through views that can also be written.
OFFRAMP_INLINE lane_rows rows_of(const float *entries, long stride)
{
    return (lane_rows){(float *)entries, stride};
}

// y [rows, padded] = x [rows, width], with zeros at the right.
OFFRAMP_INLINE void pack_rows(long rows, long width, long padded, lane_rows x, lane_rows y)
{
    for (long row = 0; row < rows; row++) {
        float *target = y.entries + row * y.stride;
        for (long c = 0; c < width; c++)
            target[c] = x.entries[row * x.stride + c];
        for (long c = width; c < padded; c++)
            target[c] = 0;
    }
}

// The rows of a head as whole vectors: where they are, or copied to `room` if the head's dimension
// needs rounding up.
OFFRAMP_INLINE lane_rows whole_vectors(head_shape shape, lane_rows x, lane_rows room)
{
    if (shape.dimension == shape.padded_dimension)
        return x;
    pack_rows(shape.tokens, shape.dimension, shape.padded_dimension, x, room);
    return room;
}

// y [padded dimension, padded tokens] = the rows of a head transposed, with zeros in the columns
// that round it up.
OFFRAMP_INLINE void transpose_head(head_shape shape, lane_rows x, lane_rows y)
{
    for (long row = 0; row < shape.tokens; row += LANES)
        for (long column = 0; column < shape.padded_dimension; column += LANES)
            transpose_square(
                shape.tokens - row, x.entries + row * x.stride + column, x.stride,
                y.entries + column * y.stride + row, y.stride);
}

// Drops out `rows` of probabilities, the first of which has `index` in the kept layout.
OFFRAMP_INLINE void drop_probabilities(
    head_shape shape, head_dropout dropout, long rows, long index, lane_rows x, lane_rows y)
{
    uint32_t threshold = dropout_threshold(dropout.probability);
    float scale = 1 / (1 - dropout.probability);
    for (long row = 0; row < rows; row++) {
        const float *from = x.entries + row * x.stride;
        float *to = y.entries + row * y.stride;
        uint32_t first = (uint32_t)(index + row * shape.tokens);
        OFFRAMP_INDEPENDENT
        for (long i = 0; i < shape.padded_tokens; i++)
            to[i] = hash_random(dropout.key, first + (uint32_t)i) < threshold
                ? 0 : from[i] * scale;
    }
}

#endif
