#include "offramp_gemm.h"
#include "products/kernels.h"
#include "products/step_product.h"

// The depth is taken in blocks of steps: a block of op(a) and a panel of op(b) stay in the
// second-level cache while they are used. The fewer steps there are, the more rows are in a block.
#define BLOCK_STEPS 512
#define BLOCK_SIZE (BLOCK_STEPS * 224)
// Packed rows lie this much farther apart than they are long: at a power of two they would share a
// few lines of the cache.
#define ROW_GAP 16

typedef struct {
    _Alignas(64) uint32_t rows[BLOCK_SIZE];
    _Alignas(64) uint32_t panel[BLOCK_STEPS * PANEL];
    _Alignas(64) float edge[EDGE_SIZE];
} gemm_scratch;

// A sum of products. Steps are numbered consecutively across terms. `packed` is NULL, or holds the
// panels of op(b) of the only term, block by block of steps.
typedef struct {
    bool transpose_a, transpose_b;
    long count;
    const offramp_gemm_term *terms;
    const uint32_t *packed;
} term_sum;

// The steps of a sum that one block takes.
typedef struct {
    long first, count;
} step_range;

// The part of a term that lies in a block: `length` entries of its depth from `depth` on, at the
// step `place` of the block.
typedef struct {
    long depth, length, place;
} term_slice;

// `start` is the term's first step; length <= 0 if the term does not overlap the block.
static term_slice slice_of(
    const step_kernel *kernel, step_range block, long start, long depth)
{
    long first = block.first > start ? block.first : start;
    long last = smaller(block.first + block.count, start + steps_of(kernel, depth));
    long from = (first - start) * kernel->step_length;
    long length = smaller((last - start) * kernel->step_length, depth) - from;
    return (term_slice){from, length, first - block.first};
}

// Some rows of all op(a), packed along their depth or, transposed, side by side where tiles can read
// them so.
static step_view pack_rows(
    const step_kernel *kernel, long rows, long row, step_range block, term_sum sum,
    gemm_scratch *scratch)
{
    bool is_aside = sum.transpose_a && !kernel->pack_turned;
    long stride = is_aside ? rows : block.count + ROW_GAP;
    for (long t = 0, start = 0; t < sum.count; start += steps_of(kernel, sum.terms[t++].depth)) {
        offramp_gemm_term term = sum.terms[t];
        term_slice slice = slice_of(kernel, block, start, term.depth);
        if (slice.length <= 0)
            continue;
        const float *turned = term.a + slice.depth * term.lda + row;
        if (is_aside)
            kernel->pack_columns(
                rows, slice.length, turned, term.lda, scratch->rows + slice.place * stride, stride);
        else if (sum.transpose_a)
            kernel->pack_turned(
                rows, slice.length, turned, term.lda, scratch->rows + slice.place, stride);
        else
            kernel->pack_rows(
                rows, slice.length, term.a + row * term.lda + slice.depth, term.lda,
                scratch->rows + slice.place, stride);
    }
    return is_aside ? (step_view){scratch->rows, 1, stride}
                    : (step_view){scratch->rows, stride, 1};
}

// Some columns of all op(b), packed as a panel.
static void pack_panel(
    const step_kernel *kernel, long columns, long column, step_range block, term_sum sum,
    uint32_t *packed)
{
    for (long t = 0, start = 0; t < sum.count; start += steps_of(kernel, sum.terms[t++].depth)) {
        offramp_gemm_term term = sum.terms[t];
        term_slice slice = slice_of(kernel, block, start, term.depth);
        uint32_t *panel = packed + slice.place * PANEL;
        if (slice.length <= 0)
            continue;
        if (sum.transpose_b)
            kernel->pack_transposed(
                columns, slice.length, term.b + column * term.ldb + slice.depth, term.ldb, panel,
                PANEL);
        else
            kernel->pack_columns(
                columns, slice.length, term.b + slice.depth * term.ldb + column, term.ldb, panel,
                PANEL);
    }
}

// Where a block's panel lies among n packed columns.
static long packed_place(step_range block, long n, long column)
{
    return block.first * round_up(n, PANEL) + column * block.count;
}

static const uint32_t *panel_of(
    const step_kernel *kernel, long n, long column, step_range block, term_sum sum,
    gemm_scratch *scratch)
{
    if (sum.packed)
        return sum.packed + packed_place(block, n, column);
    pack_panel(kernel, smaller(PANEL, n - column), column, block, sum, scratch->panel);
    return scratch->panel;
}

// c [rows, n] = or += the block's steps of the sum, from a row on.
static void multiply_block(
    const step_kernel *kernel, long rows, long row, long n, step_range block, term_sum sum,
    gemm_scratch *scratch, bool accumulate, float *c, long ldc)
{
    step_view view = pack_rows(kernel, rows, row, block, sum, scratch);
    for (long first = 0; first < n; first += PANEL) {
        const uint32_t *panel = panel_of(kernel, n, first, block, sum, scratch);
        multiply_panel(
            kernel, rows, smaller(PANEL, n - first), block.count, view, panel, scratch->edge,
            accumulate, c + first, ldc);
    }
}

static void clear(long m, long n, float *c, long ldc)
{
    for (long row = 0; row < m; row++)
        memset(c + row * ldc, 0, n * sizeof(float));
}

static long steps_of_all(const step_kernel *kernel, term_sum sum)
{
    long steps = 0;
    for (long t = 0; t < sum.count; t++)
        steps += steps_of(kernel, sum.terms[t].depth);
    return steps;
}

static void multiply(
    const step_kernel *kernel, long m, long n, term_sum sum, float *c, long ldc)
{
    long steps = steps_of_all(kernel, sum);
    long block_rows = BLOCK_SIZE / (smaller(BLOCK_STEPS, steps) + ROW_GAP);
    gemm_scratch scratch;
    if (steps == 0)
        clear(m, n, c, ldc);
    for (long step = 0; step < steps; step += BLOCK_STEPS)
        for (long row = 0; row < m; row += block_rows) {
            step_range block = {step, smaller(BLOCK_STEPS, steps - step)};
            multiply_block(
                kernel, smaller(block_rows, m - row), row, n, block, sum, &scratch, step > 0,
                c + row * ldc, ldc);
        }
}

void offramp_gemm(
    offramp_path path, offramp_product_format format, bool transpose_a, bool transpose_b, long m,
    long n, long count, const offramp_gemm_term *terms, float *c, long ldc)
{
    term_sum sum = {transpose_a, transpose_b, count, terms, NULL};
    multiply(step_kernel_of(path, format), m, n, sum, c, ldc);
}

size_t offramp_gemm_packed_bytes(offramp_product_format format, long n, long depth)
{
    return packed_bytes(format, n, depth);
}

void offramp_gemm_pack(
    offramp_path path, offramp_product_format format, bool transpose_b, long n, long depth,
    const float *b, long ldb, void *packed)
{
    const step_kernel *kernel = step_kernel_of(path, format);
    offramp_gemm_term term = {NULL, 0, b, ldb, depth};
    term_sum sum = {false, transpose_b, 1, &term, NULL};
    long steps = steps_of(kernel, depth);
    for (long step = 0; step < steps; step += BLOCK_STEPS) {
        step_range block = {step, smaller(BLOCK_STEPS, steps - step)};
        for (long column = 0; column < n; column += PANEL)
            pack_panel(
                kernel, smaller(PANEL, n - column), column, block, sum,
                (uint32_t *)packed + packed_place(block, n, column));
    }
}

void offramp_gemm_packed(
    offramp_path path, offramp_product_format format, long m, long n, long depth, const float *a,
    long lda, const void *packed, float *c, long ldc)
{
    offramp_gemm_term term = {a, lda, NULL, 0, depth};
    term_sum sum = {false, false, 1, &term, packed};
    multiply(step_kernel_of(path, format), m, n, sum, c, ldc);
}
