#ifndef OFFRAMP_STEPS_H
#define OFFRAMP_STEPS_H

#include <stdbool.h>

#include "products/panels.h"

// Products of float32 and of bfloat16 share all code but the innermost: both read their factors in
// steps of four bytes along the depth, each one float or a pair of bfloat16.
#define STEP_BYTES 4

// A matrix [rows, steps] at any strides, counted in steps: a transpose is only another view.
typedef struct {
    const void *entries;
    long row_stride, step_stride;
} step_view;

OFFRAMP_INLINE step_view skip_rows(step_view x, long rows)
{
    x.entries = (const char *)x.entries + rows * x.row_stride * STEP_BYTES;
    return x;
}

// sums [rows, PANEL] at a stride = x [rows, steps] panel [steps, PANEL], or added to sums. Each sum
// runs over the steps in their order, whatever the number of rows.
typedef void step_tile_function(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate);

// Brings floats x, rows at a stride, into the steps that tiles read.
//
// transposed: packed [steps of depth, PANEL] = x [width, depth], transposed; stride_to is PANEL.
// columns: packed [steps of depth, stride_to] = x [depth, width].
// rows: packed [width, stride_to], in steps, = x [width, depth].
// turned: packed [width, stride_to], in steps, = x [depth, width], transposed.
//
// The first two fill the rows of `packed` with zeros, for which stride_to >= width; all of them fill
// the last step.
typedef void pack_function(
    long width, long depth, const float *x, long stride, void *packed, long stride_to);

// The functions of one number format on one path.
typedef struct {
    // Entries of the depth in a step.
    long step_length;
    long tile_rows;
    step_tile_function *tile;
    pack_function *pack_transposed, *pack_columns, *pack_rows;
    // NULL where a tile reads the steps of x at any stride; otherwise they lie side by side.
    pack_function *pack_turned;
} step_kernel;

OFFRAMP_INLINE long steps_of(const step_kernel *kernel, long depth)
{
    return (depth + kernel->step_length - 1) / kernel->step_length;
}

step_tile_function float_tile_plain, float_tile_avx2, float_tile_avx512;
pack_function float_pack_transposed_plain, float_pack_transposed_avx2,
    float_pack_transposed_avx512, float_pack_columns, float_pack_rows;

step_tile_function bfloat16_tile_plain, bfloat16_tile_avx2, bfloat16_tile_avx512,
    bfloat16_tile_avx512_bf16, bfloat16_tile_amx;
pack_function bfloat16_pack_transposed_plain, bfloat16_pack_transposed_avx2,
    bfloat16_pack_transposed_avx512, bfloat16_pack_transposed_avx512_bf16,
    bfloat16_pack_columns_plain, bfloat16_pack_columns_avx2, bfloat16_pack_columns_avx512,
    bfloat16_pack_columns_avx512_bf16, bfloat16_pack_rows_plain, bfloat16_pack_rows_avx2,
    bfloat16_pack_rows_avx512, bfloat16_pack_rows_avx512_bf16, bfloat16_pack_turned_amx;

#endif
