#include "attention/text_attention.h"
#include "processor/vector_math.h"

// Queries are taken a panel at a time, and their scores are kept transposed, one row per key: the
// softmax then runs down the columns, where no sum crosses the lanes of a vector, and both products
// use the same tiles as all others.

#define LEAST_AMX_TOKENS 24

typedef struct {
    uint32_t *keys, *values, *queries, *weights;
    float *scores, *edge;
} attention_scratch;

static attention_scratch cut_scratch(long tokens, long dimension, scratch_cut *memory)
{
    return (attention_scratch){
        .keys = cut_words(memory, tokens * dimension),
        .values = cut_words(memory, head_words(tokens, dimension)),
        .queries = cut_words(memory, dimension * PANEL),
        .weights = cut_words(memory, tokens * PANEL),
        .scores = cut_words(memory, tokens * PANEL),
        .edge = cut_words(memory, EDGE_SIZE),
    };
}

size_t offramp_attention_scratch(long longest, long width, long heads)
{
    scratch_cut memory = {NULL, 0};
    cut_scratch(longest, width / heads, &memory);
    return memory.size;
}

// A row of scores, with the bias of its key where there is one.
OFFRAMP_INLINE float score(const float *x, const float *bias, long k, long c)
{
    return bias ? x[k * PANEL + c] + bias[c - k] : x[k * PANEL + c];
}

OFFRAMP_INLINE void softmax_of(long tokens, float scale, const float *bias, float *x)
{
    float best[PANEL], sum[PANEL] = {0};
    for (long c = 0; c < PANEL; c++)
        best[c] = score(x, bias, 0, c);
    for (long k = 1; k < tokens; k++)
        for (long c = 0; c < PANEL; c++) {
            float next = score(x, bias, k, c);
            best[c] = best[c] > next ? best[c] : next;
        }
    for (long k = 0; k < tokens; k++) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < PANEL; c++) {
            float power = lane_exp((score(x, bias, k, c) - best[c]) * scale);
            x[k * PANEL + c] = power;
            sum[c] += power;
        }
    }
    for (long c = 0; c < PANEL; c++)
        sum[c] = 1 / sum[c];
    for (long k = 0; k < tokens; k++)
        for (long c = 0; c < PANEL; c++)
            x[k * PANEL + c] *= sum[c];
}

// x [tokens, PANEL] = softmax(scale * x) of each column.
OFFRAMP_CLONES static void softmax_columns(long tokens, float scale, float *x)
{
    softmax_of(tokens, scale, NULL, x);
}

// The same of x + bias; bias[d] is that of a query d tokens behind its key, counted from the panel's
// first. It is added twice rather than stored: a pass over memory costs more.
OFFRAMP_CLONES static void softmax_biased_columns(
    long tokens, float scale, const float *bias, float *x)
{
    softmax_of(tokens, scale, bias, x);
}

// kept [queries, tokens] = the first columns of x [tokens, PANEL], transposed.
static void keep_columns(long queries, long tokens, const float *x, float *kept)
{
    for (long c = 0; c < queries; c++)
        for (long k = 0; k < tokens; k++)
            kept[c * tokens + k] = x[k * PANEL + c];
}

// s.weights = the packed probabilities of a panel of queries. `bias` is NULL, or that of the panel's
// first query at distance 0; `index` is that of the panel's first probability in the kept layout.
static void weigh_keys(
    const text_attention *t, attention_scratch s, long queries, const float *query,
    const float *bias, long index, float *kept)
{
    const step_kernel *kernel = t->kernel;
    long steps = steps_of(kernel, t->dimension);
    step_view keys = {s.keys, steps, 1};
    kernel->pack_transposed(queries, t->dimension, query, 3 * t->width, s.queries, PANEL);
    multiply_panel(
        kernel, t->tokens, PANEL, steps, keys, s.queries, s.edge, false, s.scores, PANEL);
    if (bias)
        softmax_biased_columns(t->tokens, score_scale(t), bias, s.scores);
    else
        softmax_columns(t->tokens, score_scale(t), s.scores);
    if (kept)
        keep_columns(queries, t->tokens, s.scores, kept + index);
    if (t->drops)
        drop_matrix(
            t->dropout, t->tokens, PANEL, index, 1, t->tokens, s.scores, s.scores, PANEL);
    if (kernel->pack_turned)
        kernel->pack_turned(
            PANEL, t->tokens, s.scores, PANEL, s.weights, steps_of(kernel, t->tokens));
    else
        kernel->pack_columns(PANEL, t->tokens, s.scores, PANEL, s.weights, PANEL);
}

static void attend_head(
    const text_attention *t, attention_scratch s, const float *qkv, const float *bias, long index,
    float *y, float *kept)
{
    long stride = 3 * t->width, steps = steps_of(t->kernel, t->tokens);
    step_view weights = t->kernel->pack_turned ? (step_view){s.weights, steps, 1}
                                               : (step_view){s.weights, 1, PANEL};
    t->kernel->pack_rows(
        t->tokens, t->dimension, qkv + t->width, stride, s.keys,
        steps_of(t->kernel, t->dimension));
    pack_head(t, t->tokens, qkv + 2 * t->width, stride, s.values);
    for (long first = 0; first < t->tokens; first += PANEL) {
        long queries = smaller(PANEL, t->tokens - first);
        weigh_keys(
            t, s, queries, qkv + first * stride, bias ? bias + first : NULL,
            index + first * t->tokens, kept);
        multiply_head(t, queries, steps, weights, s.values, y + first * t->width, t->width);
    }
}

// Tiles of many rows do not pay for a short text. Only its own length counts, so its bits do not
// depend on others.
static offramp_path path_for(offramp_path path, long tokens)
{
    return path == OFFRAMP_PATH_AMX && tokens < LEAST_AMX_TOKENS ? OFFRAMP_PATH_AVX512_BF16 : path;
}

void offramp_attention(
    offramp_path path, offramp_product_format format, long texts, const int32_t *starts,
    long width, long heads, long first, long end, const float *qkv, offramp_attention_bias bias,
    float dropout_probability, uint64_t seed, float *y, float *probabilities, void *scratch)
{
    text_attention t = {
        .dimension = width / heads, .width = width,
        .drops = dropout_probability > 0, .dropout = rule_of_dropout(dropout_probability, seed)};
    long index = 0;
    for (long text = 0; text < texts; text++) {
        long start = starts[text];
        t.tokens = starts[text + 1] - start;
        t.kernel = step_kernel_of(path_for(path, t.tokens), format);
        attention_scratch s = cut_scratch(t.tokens, t.dimension, &(scratch_cut){scratch, 0});
        t.edge = s.edge;
        long scores = t.tokens * t.tokens;
        for (long head = first; head < end; head++) {
            long column = head * t.dimension;
            const float *of_head =
                bias.values ? bias.values + head * bias_stride(bias.reach) + bias.reach : NULL;
            attend_head(
                &t, s, qkv + start * 3 * width + column, of_head, index + head * scores,
                y + start * width + column, probabilities);
        }
        index += heads * scores;
    }
}
