#include "attention/attention_head.h"
#include "offramp_attention.h"

typedef struct {
    lane_rows query, keys, values, dy, dquery, dkeys, dvalues;
    lane_rows probabilities, dropped, dscores;
} gradient_scratch;

OFFRAMP_INLINE gradient_scratch cut_scratch(head_shape shape, float *scratch)
{
    long tokens = shape.padded_tokens, dimension = shape.padded_dimension;
    return (gradient_scratch){
        .query = take(&scratch, tokens, dimension),
        .keys = take(&scratch, tokens, dimension),
        .values = take(&scratch, dimension, tokens),
        .dy = take(&scratch, tokens, dimension),
        .dkeys = take(&scratch, tokens, dimension),
        .dvalues = take(&scratch, tokens, dimension),
        .dquery = take(&scratch, QUERY_BLOCK, dimension),
        .probabilities = take(&scratch, QUERY_BLOCK, tokens),
        .dropped = take(&scratch, QUERY_BLOCK, tokens),
        .dscores = take(&scratch, QUERY_BLOCK, tokens),
    };
}

size_t offramp_attention_gradient_scratch(long longest, long width, long heads)
{
    head_shape shape = shape_of_head(longest, width, heads);
    long matrices = 6 * shape.padded_tokens * shape.padded_dimension;
    long blocks = QUERY_BLOCK * (3 * shape.padded_tokens + shape.padded_dimension);
    return (size_t)(matrices + blocks) * sizeof(float);
}

// The gradient of the softmax and of the scale before it: ds = scale * p * (dp - sum(dp * p)).
OFFRAMP_INLINE void softmax_row_gradient(head_shape shape, const float *p, float *dp)
{
    float_lanes sums = {0};
    for (long i = 0; i < shape.padded_tokens; i += LANES)
        sums += *(const float_lanes *)(p + i) * *(float_lanes *)(dp + i);
    float sum = lane_sum(&sums);
    for (long i = 0; i < shape.padded_tokens; i += LANES) {
        float_lanes *gradient = (float_lanes *)(dp + i);
        *gradient = shape.scale * *(const float_lanes *)(p + i) * (*gradient - sum);
    }
}

// Makes dscores of the block's queries and returns the probabilities that weighted the values.
OFFRAMP_INLINE lane_rows score_gradient(
    head_shape shape, head_dropout dropout, long rows, long index, float_view dy,
    gradient_scratch s)
{
    lane_rows weights = s.probabilities;
    product(rows, shape.padded_tokens, shape.dimension, dy, s.values, s.dscores, 0);
    if (dropout.probability > 0) {
        drop_probabilities(shape, dropout, rows, index, s.dscores, s.dscores);
        drop_probabilities(shape, dropout, rows, index, s.probabilities, s.dropped);
        weights = s.dropped;
    }
    for (long row = 0; row < rows; row++)
        softmax_row_gradient(
            shape, s.probabilities.entries + row * s.probabilities.stride,
            s.dscores.entries + row * s.dscores.stride);
    return weights;
}

OFFRAMP_INLINE float_view plain(lane_rows x) { return (float_view){x.entries, x.stride, 1}; }

OFFRAMP_INLINE float_view transposed(lane_rows x)
{
    return (float_view){x.entries, 1, x.stride};
}

// Adds what the block's queries give to dkeys and dvalues, and makes their dquery.
OFFRAMP_INLINE void block_gradient(
    head_shape shape, head_dropout dropout, long first, long rows, long index,
    const float *probabilities, gradient_scratch s)
{
    long tokens = shape.tokens, dimension = shape.padded_dimension;
    lane_rows query = skip_rows(s.query, first), dy = skip_rows(s.dy, first);
    pack_rows(
        rows, tokens, shape.padded_tokens, rows_of(probabilities + index, tokens),
        s.probabilities);
    lane_rows weights = score_gradient(shape, dropout, rows, index, plain(dy), s);
    product(tokens, dimension, rows, transposed(weights), dy, s.dvalues, 1);
    product(tokens, dimension, rows, transposed(s.dscores), query, s.dkeys, 1);
    product(rows, dimension, tokens, plain(s.dscores), s.keys, s.dquery, 0);
}

OFFRAMP_INLINE void clear(long count, float *y)
{
    for (long i = 0; i < count; i++)
        y[i] = 0;
}

OFFRAMP_INLINE void prepare(
    head_shape shape, const float *dy, const float *qkv, gradient_scratch *s)
{
    long stride = 3 * shape.width, padded = shape.padded_tokens * shape.padded_dimension;
    lane_rows values = whole_vectors(shape, rows_of(qkv + 2 * shape.width, stride), s->query);
    transpose_head(shape, values, s->values);
    s->query = whole_vectors(shape, rows_of(qkv, stride), s->query);
    s->keys = whole_vectors(shape, rows_of(qkv + shape.width, stride), s->keys);
    s->dy = whole_vectors(shape, rows_of(dy, shape.width), s->dy);
    clear(padded, s->dkeys.entries);
    clear(padded, s->dvalues.entries);
}

OFFRAMP_INLINE void head_gradient(
    head_shape shape, head_dropout dropout, long index, const float *dy, const float *qkv,
    const float *probabilities, float *dqkv, gradient_scratch s)
{
    long tokens = shape.tokens, dimension = shape.dimension, stride = 3 * shape.width;
    prepare(shape, dy, qkv, &s);
    for (long first = 0; first < tokens; first += QUERY_BLOCK) {
        long left = tokens - first, rows = left < QUERY_BLOCK ? left : QUERY_BLOCK;
        block_gradient(shape, dropout, first, rows, index + first * tokens, probabilities, s);
        pack_rows(
            rows, dimension, dimension, s.dquery, rows_of(dqkv + first * stride, stride));
    }
    pack_rows(tokens, dimension, dimension, s.dkeys, rows_of(dqkv + shape.width, stride));
    pack_rows(tokens, dimension, dimension, s.dvalues, rows_of(dqkv + 2 * shape.width, stride));
}

OFFRAMP_CLONES void offramp_attention_gradient(
    long texts, const int32_t *starts, long width, long heads, const float *dy, const float *qkv,
    const float *probabilities, float dropout_probability, uint64_t seed, float *dqkv,
    void *scratch)
{
    head_dropout dropout = {dropout_probability, hash_key(seed)};
    long index = 0, dimension = width / heads;
    for (long text = 0; text < texts; text++) {
        long start = starts[text];
        head_shape shape = shape_of_head(starts[text + 1] - start, width, heads);
        gradient_scratch s = cut_scratch(shape, scratch);
        for (long head = 0; head < heads; head++, index += shape.tokens * shape.tokens) {
            long offset = start * 3 * width + head * dimension;
            head_gradient(
                shape, dropout, index, dy + start * width + head * dimension, qkv + offset,
                probabilities, dqkv + offset, s);
        }
    }
}
