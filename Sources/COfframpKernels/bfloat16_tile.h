#ifndef OFFRAMP_BFLOAT16_TILE_H
#define OFFRAMP_BFLOAT16_TILE_H

#include <stdint.h>

#include "float_tile.h"

// Inputs that one dot-product instruction takes at a time.
#define PAIR 2

// sums [rows, PANEL] = x [rows, pairs * PAIR], rows at a stride, times panel [pairs, PANEL, PAIR].
// Each sum runs over the pairs in their order, whatever the number of rows.
typedef void bfloat16_tile_function(
    long rows, long pairs, const uint16_t *x, long stride, const uint16_t *panel, float *sums);

bfloat16_tile_function bfloat16_tile_plain, bfloat16_tile_avx2, bfloat16_tile_avx512,
    bfloat16_tile_avx512_bf16;

OFFRAMP_INLINE uint32_t pair_of(const uint16_t *x, long index)
{
    uint32_t pair;
    __builtin_memcpy(&pair, x + index * PAIR, sizeof pair);
    return pair;
}

typedef uint32_t pair_lanes __attribute__((vector_size(64), aligned(4), may_alias));

// Where no instruction multiplies bfloat16: both halves of a pair are widened to floats. `rows` and
// `vectors` are constants where this is called.
OFFRAMP_INLINE void bfloat16_tile(
    long rows, long vectors, long pairs, const uint16_t *x, long stride, const uint16_t *panel,
    float *sums)
{
    float_lanes total[MOST_TILE_ROWS][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        total[r][0] = total[r][1] = (float_lanes){0};
    for (long p = 0; p < pairs; p++, panel += PANEL * PAIR) {
        pair_lanes weights[2];
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
            weights[v] = *(const pair_lanes *)(panel + v * LANES * PAIR);
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            pair_lanes entry = (pair_lanes){0} + pair_of(x + r * stride, p);
            float_lanes first = (float_lanes)(entry << 16);
            float_lanes second = (float_lanes)(entry & 0xffff0000);
            OFFRAMP_UNROLL for (long v = 0; v < vectors; v++) {
                total[r][v] += first * (float_lanes)(weights[v] << 16);
                total[r][v] += second * (float_lanes)(weights[v] & 0xffff0000);
            }
        }
    }
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
            *(float_lanes *)(sums + r * PANEL + v * LANES) = total[r][v];
}

#endif
