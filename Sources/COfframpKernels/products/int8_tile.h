#ifndef OFFRAMP_INT8_TILE_H
#define OFFRAMP_INT8_TILE_H

#include <stdbool.h>
#include <stdint.h>

// Codes along the depth that one dot-product instruction takes: the step of int8.
#define GROUP 4

// Rows of codes at a stride, with the sum of each row.
typedef struct {
    const int8_t *codes;
    long stride;
    const int32_t *sums;
} code_rows;

// What turns the sums of one panel's codes into floats: row_scales [rows], scales and bias [PANEL].
typedef struct {
    const float *row_scales, *scales, *bias;
} dequantization;

// y [rows, PANEL] at a stride = sums * row_scales * scales + bias, and GELU of that if `gelu`. The
// sums [rows, PANEL] = x [rows, groups * GROUP] times panel [groups, PANEL, GROUP] are exact.
// Weights in a panel are 128 too large, which a path takes back with the sums of the rows' codes. Behind
// them stand, as int32 [PANEL], the sums of the negative weights without their sign.
typedef void int8_tile_function(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride);

typedef struct {
    long tile_rows;
    int8_tile_function *tile;
} int8_kernel;

int8_tile_function int8_tile_plain, int8_tile_avx2, int8_tile_avx_vnni, int8_tile_avx512_vnni,
    int8_tile_amx;

#endif
