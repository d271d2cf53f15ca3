#include <string.h>

#include "float_kernel.h"
#include "offramp_gemm.h"
#include "panels.h"

// A block of op(a) and a panel of op(b) that stay in the second cache while they are used.
#define BLOCK_ROWS 224
#define BLOCK_DEPTH 512

typedef struct {
    _Alignas(64) float rows[BLOCK_DEPTH * BLOCK_ROWS];
    _Alignas(64) float panel[BLOCK_DEPTH * PANEL];
    _Alignas(64) float sums[MOST_TILE_ROWS * PANEL];
} gemm_scratch;

// target [depth, padded] = x [depth, width] at a stride, zeros at the right.
static void copy_columns(
    long depth, long width, long padded, const float *x, long stride, float *target)
{
    for (long k = 0; k < depth; k++, x += stride, target += padded) {
        memcpy(target, x, width * sizeof(float));
        memset(target + width, 0, (padded - width) * sizeof(float));
    }
}

static void copy_sums(
    long rows, long columns, const float *x, long x_stride, float *y, long y_stride)
{
    for (long r = 0; r < rows; r++)
        memcpy(y + r * y_stride, x + r * x_stride, columns * sizeof(float));
}

// c [rows, columns] = or += a [rows, depth] panel [depth, PANEL].
static void multiply_panel(
    float_kernel kernel, long rows, long columns, long depth, float_view a, gemm_scratch *scratch,
    bool accumulate, float *c, long ldc)
{
    while (rows > 0) {
        long count = next_tile_rows(rows, kernel.tile_rows);
        prefetch_for_writing(count, c, ldc);
        if (accumulate)
            copy_sums(count, columns, c, ldc, scratch->sums, PANEL);
        kernel.tile(count, depth, a, scratch->panel, scratch->sums, accumulate);
        copy_sums(count, columns, scratch->sums, PANEL, c, ldc);
        rows -= count;
        a.entries += count * a.row_stride;
        c += count * ldc;
    }
}

typedef struct {
    const float *entries;
    long stride;
    bool transposed;
} operand;

// The entries of op(x) from a row and a column on.
static const float *at(operand x, long row, long column)
{
    return x.entries + (x.transposed ? column * x.stride + row : row * x.stride + column);
}

// c [rows, n] = or += one block of rows and depth of op(a) op(b).
static void multiply_block(
    float_kernel kernel, long rows, long n, long depth, operand a, operand b,
    gemm_scratch *scratch, bool accumulate, float *c, long ldc)
{
    float_view view = {a.entries, a.stride, 1};
    if (a.transposed) {
        copy_columns(depth, rows, BLOCK_ROWS, a.entries, a.stride, scratch->rows);
        view = (float_view){scratch->rows, 1, BLOCK_ROWS};
    }
    for (long first = 0; first < n; first += PANEL) {
        long columns = smaller(PANEL, n - first);
        const float *part = at(b, 0, first);
        if (b.transposed)
            kernel.pack(columns, depth, part, b.stride, scratch->panel);
        else
            copy_columns(depth, columns, PANEL, part, b.stride, scratch->panel);
        multiply_panel(
            kernel, rows, columns, depth, view, scratch, accumulate, c + first, ldc);
    }
}

static void clear(long m, long n, float *c, long ldc)
{
    for (long row = 0; row < m; row++)
        memset(c + row * ldc, 0, n * sizeof(float));
}

void offramp_gemm_on_path(
    offramp_path path, bool transpose_a, bool transpose_b, long m, long n, long k, const float *a,
    long lda, const float *b, long ldb, bool accumulate, float *c, long ldc)
{
    float_kernel kernel = float_kernel_for(path);
    operand left = {a, lda, transpose_a}, right = {b, ldb, transpose_b};
    gemm_scratch scratch;
    if (k == 0 && !accumulate)
        clear(m, n, c, ldc);
    for (long depth = 0; depth < k; depth += BLOCK_DEPTH)
        for (long row = 0; row < m; row += BLOCK_ROWS) {
            operand x = left, y = right;
            x.entries = at(left, row, depth);
            y.entries = at(right, depth, 0);
            multiply_block(
                kernel, smaller(BLOCK_ROWS, m - row), n, smaller(BLOCK_DEPTH, k - depth), x, y,
                &scratch, accumulate || depth > 0, c + row * ldc, ldc);
        }
}

void offramp_gemm(
    bool transpose_a, bool transpose_b, long m, long n, long k, const float *a, long lda,
    const float *b, long ldb, bool accumulate, float *c, long ldc)
{
    offramp_gemm_on_path(
        offramp_best_path(), transpose_a, transpose_b, m, n, k, a, lda, b, ldb, accumulate, c,
        ldc);
}
