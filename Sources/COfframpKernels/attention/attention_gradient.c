#include "attention/text_attention.h"
#include "processor/lanes.h"

// Queries are taken in blocks, so that the gradients of their scores stay in the cache. A step is
// one float here, so first factors are read where they lie, without packing.
#define QUERY_BLOCK 16

typedef struct {
    // Of a head: the keys, and the values transposed, in panels.
    uint32_t *keys, *values;
    // Of a block: its queries or their dy in panels, and [QUERY_BLOCK, padded_tokens].
    uint32_t *panels;
    float *probabilities, *dropped, *dscores;
    // [tokens, padded_dimension]
    float *sums;
    float *edge;
    // Rounded up to whole panels.
    long padded_tokens, padded_dimension;
} gradient_scratch;

static gradient_scratch cut_scratch(long tokens, long dimension, scratch_cut *memory)
{
    long padded_tokens = round_up(tokens, PANEL);
    return (gradient_scratch){
        .keys = cut_words(memory, head_words(tokens, dimension)),
        .values = cut_words(memory, dimension * padded_tokens),
        .panels = cut_words(memory, head_words(QUERY_BLOCK, dimension)),
        .probabilities = cut_words(memory, QUERY_BLOCK * padded_tokens),
        .dropped = cut_words(memory, QUERY_BLOCK * padded_tokens),
        .dscores = cut_words(memory, QUERY_BLOCK * padded_tokens),
        .sums = cut_words(memory, head_words(tokens, dimension)),
        .edge = cut_words(memory, EDGE_SIZE),
        .padded_tokens = padded_tokens,
        .padded_dimension = round_up(dimension, PANEL),
    };
}

size_t offramp_attention_gradient_scratch(long longest, long width, long heads)
{
    scratch_cut memory = {NULL, 0};
    cut_scratch(longest, width / heads, &memory);
    return memory.size;
}

// The gradient of the softmax and of the scale before it: dp = scale * p * (dp - sum(dp * p)), row
// by row. width is a multiple of LANES.
OFFRAMP_CLONES static void softmax_gradient(
    long rows, long width, float scale, const float *p, float *dp, long stride)
{
    for (long row = 0; row < rows; row++, p += stride, dp += stride) {
        float_lanes sums = {0};
        for (long i = 0; i < width; i += LANES)
            sums += *(const float_lanes *)(p + i) * *(float_lanes *)(dp + i);
        float sum = lane_sum(&sums);
        for (long i = 0; i < width; i += LANES) {
            float_lanes *gradient = (float_lanes *)(dp + i);
            *gradient = scale * *(const float_lanes *)(p + i) * (*gradient - sum);
        }
    }
}

static void pack_transposed_values(
    const text_attention *t, gradient_scratch s, const float *values)
{
    long stride = 3 * t->width;
    for (long k = 0; k < t->tokens; k += PANEL)
        t->kernel->pack_transposed(
            smaller(PANEL, t->tokens - k), t->dimension, values + k * stride, stride,
            s.values + k * t->dimension, PANEL);
}

// s.dscores [queries, tokens] from dy, and the probabilities that weighted the values. `index` is
// that of the block's first probability in the kept layout.
static const float *score_gradient(
    const text_attention *t, gradient_scratch s, long queries, long index, const float *dy)
{
    step_view gradient = {dy, t->width, 1};
    for (long k = 0; k < t->tokens; k += PANEL)
        multiply_panel(
            t->kernel, queries, PANEL, t->dimension, gradient, s.values + k * t->dimension,
            s.edge, false, s.dscores + k, s.padded_tokens);
    long width = round_up(t->tokens, LANES), stride = s.padded_tokens;
    if (t->drops) {
        drop_matrix(
            t->dropout, queries, width, index, t->tokens, 1, s.dscores, s.dscores, stride);
        drop_matrix(
            t->dropout, queries, width, index, t->tokens, 1, s.probabilities, s.dropped, stride);
    }
    softmax_gradient(queries, width, score_scale(t), s.probabilities, s.dscores, stride);
    return t->drops ? s.dropped : s.probabilities;
}

OFFRAMP_CLONES static void add_matrix(
    long rows, long columns, const float *x, long x_stride, float *y, long y_stride)
{
    for (long row = 0; row < rows; row++, x += x_stride, y += y_stride) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < columns; c++)
            y[c] += x[c];
    }
}

// dx [tokens, dimension] = or += the transpose of weights [queries, tokens], times a block's x
// [queries, dimension]. A block's sums start at zero and are added once, which rounds less than one
// sum over all queries.
static void add_weighted(
    const text_attention *t, gradient_scratch s, bool accumulate, long queries,
    const float *weights, const float *x, long stride, float *dx)
{
    step_view transposed = {weights, 1, s.padded_tokens};
    pack_head(t, queries, x, stride, s.panels);
    if (!accumulate) {
        multiply_head(t, t->tokens, queries, transposed, s.panels, dx, 3 * t->width);
    } else {
        multiply_head(
            t, t->tokens, queries, transposed, s.panels, s.sums, s.padded_dimension);
        add_matrix(t->tokens, t->dimension, s.sums, s.padded_dimension, dx, 3 * t->width);
    }
}

// dbias += dscores [queries, tokens], by distance; `dbias` is at that of the first query to the first
// key.
OFFRAMP_CLONES static void add_to_bias(
    long queries, long tokens, const float *dscores, long stride, float *dbias)
{
    for (long q = 0; q < queries; q++, dscores += stride)
        OFFRAMP_INDEPENDENT
        for (long k = 0; k < tokens; k++)
            dbias[q - k] += dscores[k];
}

// Makes the gradient of a block's queries, from `first` on, and its part of that of all keys and
// values.
static void block_gradient(
    const text_attention *t, gradient_scratch s, long first, long index, const float *dy,
    const float *qkv, const float *probabilities, float *dqkv, float *dbias)
{
    long queries = smaller(QUERY_BLOCK, t->tokens - first), stride = 3 * t->width;
    bool accumulate = first > 0;
    index += first * t->tokens;
    t->kernel->pack_columns(
        t->tokens, queries, probabilities + index, t->tokens, s.probabilities, s.padded_tokens);
    const float *weights = score_gradient(t, s, queries, index, dy + first * t->width);
    add_weighted(
        t, s, accumulate, queries, weights, dy + first * t->width, t->width,
        dqkv + 2 * t->width);
    add_weighted(
        t, s, accumulate, queries, s.dscores, qkv + first * stride, stride, dqkv + t->width);
    multiply_head(
        t, queries, t->tokens, (step_view){s.dscores, s.padded_tokens, 1}, s.keys,
        dqkv + first * stride, stride);
    if (dbias)
        add_to_bias(queries, t->tokens, s.dscores, s.padded_tokens, dbias + first);
}

void offramp_attention_gradient(
    offramp_path path, long texts, const int32_t *starts, long width, long heads, const float *dy,
    const float *qkv, const float *probabilities, float dropout_probability, uint64_t seed,
    float *dqkv, float *dbias, long reach, void *scratch)
{
    text_attention t = {
        .kernel = &kernels_of(path)->float32, .dimension = width / heads, .width = width,
        .drops = dropout_probability > 0, .dropout = rule_of_dropout(dropout_probability, seed)};
    long index = 0;
    for (long text = 0; text < texts; text++) {
        long start = starts[text];
        t.tokens = starts[text + 1] - start;
        gradient_scratch s = cut_scratch(t.tokens, t.dimension, &(scratch_cut){scratch, 0});
        t.edge = s.edge;
        for (long head = 0; head < heads; head++, index += t.tokens * t.tokens) {
            const float *head_dy = dy + start * width + head * t.dimension;
            long offset = start * 3 * width + head * t.dimension;
            float *of_head = dbias ? dbias + head * bias_stride(reach) + reach : NULL;
            pack_head(&t, t.tokens, qkv + offset + width, 3 * width, s.keys);
            pack_transposed_values(&t, s, qkv + offset + 2 * width);
            for (long first = 0; first < t.tokens; first += QUERY_BLOCK)
                block_gradient(
                    &t, s, first, index, head_dy, qkv + offset, probabilities, dqkv + offset,
                    of_head);
        }
    }
}
