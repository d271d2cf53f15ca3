#ifndef OFFRAMP_INT8_TILE_H
#define OFFRAMP_INT8_TILE_H

#include "products/dequantize.h"

// Inputs that one dot-product instruction takes at a time.
#define GROUP 4

// Rows of codes at a stride, with the sum of each row.
typedef struct {
    const int8_t *codes;
    long stride;
    const int32_t *sums;
} code_rows;

// y [rows, PANEL] at a stride = x [rows, groups * GROUP] times panel [groups, PANEL, GROUP], summed
// exactly and then dequantized. Weights in a panel are 128 too large, which adds 128 times the sum
// of its row's codes to each sum.
typedef void int8_tile_function(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride);

int8_tile_function int8_tile_plain, int8_tile_avx2, int8_tile_avx_vnni, int8_tile_avx512_vnni;

OFFRAMP_INLINE int32_t group_of(code_rows x, long row, long group)
{
    int32_t four;
    __builtin_memcpy(&four, x.codes + row * x.stride + group * GROUP, sizeof four);
    return four;
}

// One case of a switch over the rows: `sum` leaves the sums of a tile of `count` rows.
#define INT8_TILE(count) \
    case count: \
        sum(count, groups, x, panel, sums); \
        if (gelu) \
            dequantize_tile(true, count, sums, by, y, stride); \
        else \
            dequantize_tile(false, count, sums, by, y, stride); \
        break;

#endif
