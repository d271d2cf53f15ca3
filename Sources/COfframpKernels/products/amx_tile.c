#include <string.h>

#include "products/bfloat16.h"
#include "products/dequantize.h"
#include "products/int8_tile.h"
#include "products/steps.h"
#include "products/tile.h"

#if OFFRAMP_X86
#include <immintrin.h>

// Tiles in the processor's own tile registers, which hold 16 rows of 64 bytes: 16 sums, or 16 steps of
// four bytes along the depth. Four of them hold the sums of up to 32 rows times a panel.

#define TILE_ROWS 16
#define TILE_BYTES 64

enum { UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT, UPPER, LOWER, LEFT, RIGHT };

// The form in which the processor takes the shapes of its tiles.
typedef struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
} tile_shapes;

#define SHAPES(upper, lower) \
    { \
        .palette = 1, \
        .row_bytes = {64, 64, (lower) ? 64 : 0, (lower) ? 64 : 0, 64, (lower) ? 64 : 0, 64, 64}, \
        .rows = {upper, upper, lower, lower, upper, lower, TILE_ROWS, TILE_ROWS} \
    }
#define EIGHT_SHAPES(upper, lower, each) \
    each(1, upper, lower), each(2, upper, lower), each(3, upper, lower), each(4, upper, lower), \
        each(5, upper, lower), each(6, upper, lower), each(7, upper, lower), \
        each(8, upper, lower)
#define UPPER_SHAPES(more, upper, lower) SHAPES((upper) + (more), 0)
#define BOTH_SHAPES(more, upper, lower) SHAPES(TILE_ROWS, (lower) + (more))

// By the rows of x, from 1.
static const _Alignas(64) tile_shapes shapes[MOST_TILE_ROWS] = {
    EIGHT_SHAPES(0, 0, UPPER_SHAPES), EIGHT_SHAPES(8, 0, UPPER_SHAPES),
    EIGHT_SHAPES(16, 0, BOTH_SHAPES), EIGHT_SHAPES(16, 8, BOTH_SHAPES),
};

OFFRAMP_INLINE OFFRAMP_AMX void shape_tiles(long rows) { _tile_loadconfig(&shapes[rows - 1]); }

// Factors at strides in bytes: rows of x with 64 bytes for each step of a tile, and panels.
typedef struct {
    const char *x, *panel;
    long x_stride;
} tile_factors;

#define PANEL_STRIDE (PANEL * STEP_BYTES)

// The last steps of a product, filled up with zeros.
typedef struct {
    char x[MOST_TILE_ROWS][TILE_BYTES];
    char panel[TILE_ROWS][PANEL_STRIDE];
} tile_end;

OFFRAMP_INLINE tile_factors end_of(long rows, long steps, tile_factors f, tile_end *end)
{
    memset(end, 0, sizeof *end);
    for (long r = 0; r < rows; r++)
        memcpy(end->x[r], f.x + r * f.x_stride, steps * STEP_BYTES);
    memcpy(end->panel, f.panel, steps * PANEL_STRIDE);
    return (tile_factors){end->x[0], end->panel[0], TILE_BYTES};
}

// Adds the products of up to 16 steps. `multiply` takes the numbers of tiles.
#define MULTIPLY_STEPS(multiply, is_high, f) \
    do { \
        _tile_loadd(LEFT, (f).panel, PANEL_STRIDE); \
        _tile_loadd(UPPER, (f).x, (f).x_stride); \
        _tile_loadd(RIGHT, (f).panel + TILE_BYTES, PANEL_STRIDE); \
        multiply(UPPER_LEFT, UPPER, LEFT); \
        multiply(UPPER_RIGHT, UPPER, RIGHT); \
        if (is_high) { \
            _tile_loadd(LOWER, (f).x + TILE_ROWS * (f).x_stride, (f).x_stride); \
            multiply(LOWER_LEFT, LOWER, LEFT); \
            multiply(LOWER_RIGHT, LOWER, RIGHT); \
        } \
    } while (0)

#define MULTIPLY_ALL(multiply, is_high, rows, steps, f) \
    do { \
        tile_end end; \
        for (; steps >= TILE_ROWS; steps -= TILE_ROWS) { \
            MULTIPLY_STEPS(multiply, is_high, f); \
            f.x += TILE_BYTES; \
            f.panel += TILE_ROWS * PANEL_STRIDE; \
        } \
        if (steps > 0) { \
            f = end_of(rows, steps, f, &end); \
            MULTIPLY_STEPS(multiply, is_high, f); \
        } \
    } while (0)

OFFRAMP_INLINE OFFRAMP_AMX void clear_sums(bool is_high)
{
    _tile_zero(UPPER_LEFT);
    _tile_zero(UPPER_RIGHT);
    if (is_high) {
        _tile_zero(LOWER_LEFT);
        _tile_zero(LOWER_RIGHT);
    }
}

// `stride` is in bytes.
OFFRAMP_INLINE OFFRAMP_AMX void load_sums(bool is_high, const char *sums, long stride)
{
    _tile_loadd(UPPER_LEFT, sums, stride);
    _tile_loadd(UPPER_RIGHT, sums + TILE_BYTES, stride);
    if (is_high) {
        _tile_loadd(LOWER_LEFT, sums + TILE_ROWS * stride, stride);
        _tile_loadd(LOWER_RIGHT, sums + TILE_ROWS * stride + TILE_BYTES, stride);
    }
}

OFFRAMP_INLINE OFFRAMP_AMX void keep_sums(bool is_high, char *sums, long stride)
{
    _tile_stored(UPPER_LEFT, sums, stride);
    _tile_stored(UPPER_RIGHT, sums + TILE_BYTES, stride);
    if (is_high) {
        _tile_stored(LOWER_LEFT, sums + TILE_ROWS * stride, stride);
        _tile_stored(LOWER_RIGHT, sums + TILE_ROWS * stride + TILE_BYTES, stride);
    }
}

OFFRAMP_INLINE OFFRAMP_AMX void sum_bfloat16(
    bool is_high, long rows, long steps, tile_factors f, char *sums, long stride, bool accumulate)
{
    if (accumulate)
        load_sums(is_high, sums, stride);
    else
        clear_sums(is_high);
    MULTIPLY_ALL(_tile_dpbf16ps, is_high, rows, steps, f);
    keep_sums(is_high, sums, stride);
}

OFFRAMP_AMX void bfloat16_tile_amx(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    tile_factors f = {x.entries, panel, x.row_stride * STEP_BYTES};
    long bytes = stride * (long)sizeof(float);
    shape_tiles(rows);
    if (rows > TILE_ROWS)
        sum_bfloat16(true, rows, steps, f, (char *)sums, bytes, accumulate);
    else
        sum_bfloat16(false, rows, steps, f, (char *)sums, bytes, accumulate);
    _tile_release();
}

OFFRAMP_INLINE OFFRAMP_AMX void sum_int8(
    bool is_high, long rows, long groups, tile_factors f, char *sums)
{
    clear_sums(is_high);
    MULTIPLY_ALL(_tile_dpbsud, is_high, rows, groups, f);
    keep_sums(is_high, sums, PANEL * sizeof(int32_t));
}

OFFRAMP_INLINE OFFRAMP_AMX void finish_rows(
    bool gelu, long rows, const int32_t *code_sums, const int32_t *sums, const dequantization *by,
    float *y, long stride)
{
    dequantization of_row = *by;
    for (long r = 0; r < rows; r++, sums += PANEL, y += stride, of_row.row_scales++)
        // Weights in a panel are 128 too large.
        dequantize_tile(gelu, 1, -128 * code_sums[r], sums, &of_row, y, stride);
}

OFFRAMP_AMX void int8_tile_amx(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    _Alignas(64) int32_t sums[MOST_TILE_ROWS * PANEL];
    tile_factors f = {(const char *)x.codes, (const char *)panel, x.stride};
    shape_tiles(rows);
    if (rows > TILE_ROWS)
        sum_int8(true, rows, groups, f, (char *)sums);
    else
        sum_int8(false, rows, groups, f, (char *)sums);
    _tile_release();
    if (gelu)
        finish_rows(true, rows, x.sums, sums, by, y, stride);
    else
        finish_rows(false, rows, x.sums, sums, by, y, stride);
}

#endif
