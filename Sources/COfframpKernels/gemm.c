#include <stdint.h>
#include <string.h>

#include "offramp_gemm.h"
#include "step_product.h"

// A block of op(a) and a panel of op(b) that stay in the second cache while they are used. Depth is
// counted in steps; the fewer there are, the more rows are in a block.
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

typedef struct {
    const float *entries;
    long stride;
    bool transposed;
} operand;

// op(x) from a row and a column on.
static operand part(operand x, long row, long column)
{
    long offset = x.transposed ? column * x.stride + row : row * x.stride + column;
    return (operand){x.entries + offset, x.stride, x.transposed};
}

// The rows of op(a), packed along their depth or, transposed, side by side.
static step_view pack_rows(
    step_kernel kernel, long rows, long depth, operand a, gemm_scratch *scratch)
{
    if (a.transposed) {
        kernel.pack_columns(rows, depth, a.entries, a.stride, scratch->rows, rows);
        return (step_view){scratch->rows, 1, rows};
    }
    long stride = steps_of(kernel, depth) + ROW_GAP;
    kernel.pack_rows(rows, depth, a.entries, a.stride, scratch->rows, stride);
    return (step_view){scratch->rows, stride, 1};
}

static void pack_panel(
    step_kernel kernel, long columns, long depth, operand b, gemm_scratch *scratch)
{
    pack_function *pack = b.transposed ? kernel.pack_transposed : kernel.pack_columns;
    pack(columns, depth, b.entries, b.stride, scratch->panel, PANEL);
}

// c [rows, n] = or += one block of rows and depth of op(a) op(b).
static void multiply_block(
    step_kernel kernel, long rows, long n, long depth, operand a, operand b,
    gemm_scratch *scratch, bool accumulate, float *c, long ldc)
{
    long steps = steps_of(kernel, depth);
    step_view view = pack_rows(kernel, rows, depth, a, scratch);
    for (long first = 0; first < n; first += PANEL) {
        long columns = smaller(PANEL, n - first);
        pack_panel(kernel, columns, depth, part(b, 0, first), scratch);
        multiply_panel(
            kernel, rows, columns, steps, view, scratch->panel, scratch->edge, accumulate,
            c + first, ldc);
    }
}

static void clear(long m, long n, float *c, long ldc)
{
    for (long row = 0; row < m; row++)
        memset(c + row * ldc, 0, n * sizeof(float));
}

void offramp_gemm_on_path(
    offramp_path path, offramp_factors factors, bool transpose_a, bool transpose_b, long m, long n,
    long k, const float *a, long lda, const float *b, long ldb, bool accumulate, float *c, long ldc)
{
    step_kernel kernel = kernel_of(path, factors);
    operand left = {a, lda, transpose_a}, right = {b, ldb, transpose_b};
    long block_depth = BLOCK_STEPS * kernel.step;
    long block_rows = BLOCK_SIZE / (steps_of(kernel, smaller(block_depth, k)) + ROW_GAP);
    gemm_scratch scratch;
    if (k == 0 && !accumulate)
        clear(m, n, c, ldc);
    for (long depth = 0; depth < k; depth += block_depth)
        for (long row = 0; row < m; row += block_rows)
            multiply_block(
                kernel, smaller(block_rows, m - row), n, smaller(block_depth, k - depth),
                part(left, row, depth), part(right, depth, 0), &scratch, accumulate || depth > 0,
                c + row * ldc, ldc);
}

void offramp_gemm(
    offramp_factors factors, bool transpose_a, bool transpose_b, long m, long n, long k,
    const float *a, long lda, const float *b, long ldb, bool accumulate, float *c, long ldc)
{
    offramp_gemm_on_path(
        offramp_best_path(), factors, transpose_a, transpose_b, m, n, k, a, lda, b, ldb,
        accumulate, c, ldc);
}
