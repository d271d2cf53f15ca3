#include "offramp_attention.h"
#include "processor/lanes.h"
#include "processor/vector_math.h"
#include "products/step_product.h"
#include "rows/hash.h"

// Queries are taken a panel at a time, and their scores stand transposed, a row for each key: so the
// softmax runs down the columns, where no sum crosses the lanes of a vector, and both products have
// the tiles of all others.

typedef struct {
    uint32_t *keys, *values, *queries, *weights;
    float *scores, *edge;
} attention_scratch;

typedef struct {
    float probability;
    uint64_t key;
} attention_dropout;

// What all heads of one text share. `width` is that of y.
typedef struct {
    step_kernel kernel;
    long tokens, dimension, width;
    attention_dropout dropout;
    attention_scratch scratch;
} text_attention;

// Words of scratch; a step is never longer than an entry in words.
typedef struct {
    long keys, values, queries, scores;
} scratch_words;

static scratch_words words_of(long tokens, long dimension)
{
    return (scratch_words){
        .keys = round_up(tokens * dimension, LANES),
        .values = tokens * round_up(dimension, PANEL),
        .queries = dimension * PANEL,
        .scores = tokens * PANEL,
    };
}

size_t offramp_attention_scratch(long longest, long width, long heads)
{
    scratch_words words = words_of(longest, width / heads);
    return (words.keys + words.values + words.queries + 2 * words.scores + EDGE_SIZE)
        * sizeof(float);
}

static attention_scratch cut_scratch(long tokens, long dimension, uint32_t *start)
{
    scratch_words words = words_of(tokens, dimension);
    attention_scratch scratch = {.keys = start};
    scratch.values = scratch.keys + words.keys;
    scratch.queries = scratch.values + words.values;
    scratch.weights = scratch.queries + words.queries;
    scratch.scores = (float *)(scratch.weights + words.scores);
    scratch.edge = scratch.scores + words.scores;
    return scratch;
}

// x [tokens, PANEL] = softmax(scale * x) of each column.
OFFRAMP_CLONES static void softmax_columns(long tokens, float scale, float *x)
{
    float best[PANEL], sum[PANEL] = {0};
    for (long c = 0; c < PANEL; c++)
        best[c] = x[c];
    for (long k = 1; k < tokens; k++)
        for (long c = 0; c < PANEL; c++)
            best[c] = best[c] > x[k * PANEL + c] ? best[c] : x[k * PANEL + c];
    for (long k = 0; k < tokens; k++) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < PANEL; c++) {
            float power = lane_exp((x[k * PANEL + c] - best[c]) * scale);
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

// Drops out probabilities [tokens, PANEL]; the first has `index` in the kept layout.
OFFRAMP_CLONES static void drop_columns(
    attention_dropout dropout, long tokens, long index, float *x)
{
    uint32_t threshold = dropout_threshold(dropout.probability);
    float scale = 1 / (1 - dropout.probability);
    for (long k = 0; k < tokens; k++, x += PANEL) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < PANEL; c++) {
            uint32_t random = hash_random(dropout.key, (uint32_t)(index + c * tokens + k));
            x[c] = random < threshold ? 0 : x[c] * scale;
        }
    }
}

// kept [queries, tokens] = the first columns of x [tokens, PANEL], transposed.
static void keep_columns(long queries, long tokens, const float *x, float *kept)
{
    for (long c = 0; c < queries; c++)
        for (long k = 0; k < tokens; k++)
            kept[c * tokens + k] = x[k * PANEL + c];
}

// weights = the packed probabilities of a panel of queries; `index` is the first one's.
static void weigh(
    const text_attention *t, long queries, const float *query, long index, float *kept)
{
    step_kernel kernel = t->kernel;
    attention_scratch s = t->scratch;
    long steps = steps_of(kernel, t->dimension);
    step_view keys = {s.keys, steps, 1};
    kernel.pack_transposed(queries, t->dimension, query, 3 * t->width, s.queries, PANEL);
    multiply_panel(
        kernel, t->tokens, PANEL, steps, keys, s.queries, s.edge, false, s.scores, PANEL);
    float scale = 1 / __builtin_elementwise_sqrt((float)t->dimension);
    softmax_columns(t->tokens, scale, s.scores);
    if (kept)
        keep_columns(queries, t->tokens, s.scores, kept + index);
    if (t->dropout.probability > 0)
        drop_columns(t->dropout, t->tokens, index, s.scores);
    kernel.pack_columns(PANEL, t->tokens, s.scores, PANEL, s.weights, PANEL);
}

static void pack_values(const text_attention *t, const float *values)
{
    long panel = steps_of(t->kernel, t->tokens) * PANEL;
    for (long c = 0; c < t->dimension; c += PANEL)
        t->kernel.pack_columns(
            smaller(PANEL, t->dimension - c), t->tokens, values + c, 3 * t->width,
            t->scratch.values + c / PANEL * panel, PANEL);
}

// y [queries, dimension] = weights values.
static void mix_values(const text_attention *t, long queries, float *y)
{
    long steps = steps_of(t->kernel, t->tokens);
    step_view weights = {t->scratch.weights, 1, PANEL};
    for (long c = 0; c < t->dimension; c += PANEL)
        multiply_panel(
            t->kernel, queries, smaller(PANEL, t->dimension - c), steps, weights,
            t->scratch.values + c * steps, t->scratch.edge, false, y + c, t->width);
}

static void attend_head(
    const text_attention *t, const float *qkv, long index, float *y, float *kept)
{
    long stride = 3 * t->width, steps = steps_of(t->kernel, t->dimension);
    t->kernel.pack_rows(
        t->tokens, t->dimension, qkv + t->width, stride, t->scratch.keys, steps);
    pack_values(t, qkv + 2 * t->width);
    for (long first = 0; first < t->tokens; first += PANEL) {
        long queries = smaller(PANEL, t->tokens - first);
        weigh(t, queries, qkv + first * stride, index + first * t->tokens, kept);
        mix_values(t, queries, y + first * t->width);
    }
}

void offramp_attention_on_path(
    offramp_path path, offramp_factors factors, long texts, const int32_t *starts, long width,
    long heads, long first, long end, const float *qkv, float dropout_probability, uint64_t seed,
    float *y, float *probabilities, void *scratch)
{
    text_attention t = {
        .kernel = kernel_of(path, factors), .dimension = width / heads, .width = width,
        .dropout = {dropout_probability, hash_key(seed)}};
    long index = 0;
    for (long text = 0; text < texts; text++) {
        long start = starts[text];
        t.tokens = starts[text + 1] - start;
        t.scratch = cut_scratch(t.tokens, t.dimension, scratch);
        long scores = t.tokens * t.tokens;
        for (long head = first; head < end; head++) {
            long column = head * t.dimension;
            attend_head(
                &t, qkv + start * 3 * width + column, index + head * scores,
                y + start * width + column, probabilities);
        }
        index += heads * scores;
    }
}

void offramp_attention(
    offramp_factors factors, long texts, const int32_t *starts, long width, long heads, long first,
    long end, const float *qkv, float dropout_probability, uint64_t seed, float *y,
    float *probabilities, void *scratch)
{
    offramp_attention_on_path(
        offramp_best_path(), factors, texts, starts, width, heads, first, end, qkv,
        dropout_probability, seed, y, probabilities, scratch);
}
