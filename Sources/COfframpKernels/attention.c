#include "attention_head.h"
#include "offramp_attention.h"
#include "vector_math.h"

typedef struct {
    lane_rows keys, values, room, scores, output;
} attention_scratch;

OFFRAMP_INLINE attention_scratch cut_scratch(head_shape shape, float *scratch)
{
    return (attention_scratch){
        .keys = take(&scratch, shape.padded_dimension, shape.padded_tokens),
        .room = take(&scratch, shape.padded_tokens, shape.padded_dimension),
        .scores = take(&scratch, QUERY_BLOCK, shape.padded_tokens),
        .output = take(&scratch, QUERY_BLOCK, shape.padded_dimension),
    };
}

// Softmax of one row of scores, still to be scaled; columns of no token get probability 0.
OFFRAMP_INLINE void softmax_row(head_shape shape, float *x)
{
    long padded = shape.padded_tokens;
    float_lanes sums = {0};
    *(float_lanes *)(x + padded - LANES) += shape.tail;
    float maximum = largest(padded, x) * shape.scale;
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < padded; i++)
        x[i] = lane_exp(x[i] * shape.scale - maximum);
    for (long i = 0; i < padded; i += LANES)
        sums += *(const float_lanes *)(x + i);
    float factor = 1 / lane_sum(&sums);
    for (long i = 0; i < padded; i += LANES)
        *(float_lanes *)(x + i) *= factor;
}

// y = attention of `rows` queries of one head.
OFFRAMP_INLINE void attend(
    head_shape shape, head_dropout dropout, long rows, long index, float_view query,
    attention_scratch s, lane_rows y, float *kept)
{
    product(rows, shape.padded_tokens, shape.dimension, query, s.keys, s.scores, 0);
    for (long row = 0; row < rows; row++)
        softmax_row(shape, s.scores.entries + row * s.scores.stride);
    if (kept)
        pack_rows(
            rows, shape.tokens, shape.tokens, s.scores, rows_of(kept + index, shape.tokens));
    if (dropout.probability > 0)
        drop_probabilities(shape, dropout, rows, index, s.scores, s.scores);
    float_view weights = {s.scores.entries, s.scores.stride, 1};
    lane_rows output = shape.dimension == shape.padded_dimension ? y : s.output;
    product(rows, shape.padded_dimension, shape.tokens, weights, s.values, output, 0);
    if (output.entries != y.entries)
        pack_rows(rows, shape.dimension, shape.dimension, output, y);
}

OFFRAMP_INLINE void attend_head(
    head_shape shape, head_dropout dropout, long index, const float *qkv, float *y, float *kept,
    attention_scratch s)
{
    long stride = 3 * shape.width;
    lane_rows keys = whole_vectors(shape, rows_of(qkv + shape.width, stride), s.room);
    transpose_head(shape, keys, s.keys);
    s.values = whole_vectors(shape, rows_of(qkv + 2 * shape.width, stride), s.room);
    for (long first = 0; first < shape.tokens; first += QUERY_BLOCK) {
        long left = shape.tokens - first, rows = left < QUERY_BLOCK ? left : QUERY_BLOCK;
        float_view query = {qkv + first * stride, stride, 1};
        attend(
            shape, dropout, rows, index + first * shape.tokens, query, s,
            rows_of(y + first * shape.width, shape.width), kept);
    }
}

OFFRAMP_CLONES void offramp_attention(
    long texts, const int32_t *starts, long width, long heads, long first, long end,
    const float *qkv, float dropout_probability, uint64_t seed, float *y, float *probabilities,
    void *scratch)
{
    head_dropout dropout = {dropout_probability, hash_key(seed)};
    long index = 0, dimension = width / heads;
    for (long text = 0; text < texts; text++) {
        long start = starts[text];
        head_shape shape = shape_of_head(starts[text + 1] - start, width, heads);
        attention_scratch s = cut_scratch(shape, scratch);
        long scores = shape.tokens * shape.tokens;
        for (long head = first; head < end; head++)
            attend_head(
                shape, dropout, index + head * scores,
                qkv + start * 3 * width + head * dimension,
                y + start * width + head * dimension, probabilities, s);
        index += heads * scores;
    }
}
