#ifndef OFFRAMP_BFLOAT16_TILE_H
#define OFFRAMP_BFLOAT16_TILE_H

#include <stdint.h>

#include "processor/lanes.h"
#include "products/step_tile.h"

// Inputs that one dot-product instruction takes at a time: a step.
#define PAIR 2

step_tile_function bfloat16_tile_plain, bfloat16_tile_avx2, bfloat16_tile_avx512,
    bfloat16_tile_avx512_bf16;

typedef uint32_t pair_lanes __attribute__((vector_size(64), aligned(4), may_alias));
// A pair, wherever bfloat16 stand in memory.
typedef uint32_t bfloat16_pair __attribute__((aligned(2), may_alias));

// Where no instruction multiplies bfloat16: both halves of a pair are widened to floats. `rows` and
// `vectors` are constants where this is called.
OFFRAMP_INLINE void bfloat16_tile(
    long rows, long vectors, long steps, step_view x, const uint16_t *panel, float *sums,
    long stride, bool accumulate)
{
    float_lanes total[MOST_TILE_ROWS][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++) {
            const float_lanes *start = (const float_lanes *)(sums + r * stride + v * LANES);
            total[r][v] = accumulate ? *start : (float_lanes){0};
        }
    const bfloat16_pair *entries = x.entries;
    for (long p = 0; p < steps; p++, entries += x.step_stride, panel += PANEL * PAIR) {
        pair_lanes weights[2];
        OFFRAMP_UNROLL for (long v = 0; v < vectors; v++)
            weights[v] = *(const pair_lanes *)(panel + v * LANES * PAIR);
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            pair_lanes entry = (pair_lanes){0} + entries[r * x.row_stride];
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
            *(float_lanes *)(sums + r * stride + v * LANES) = total[r][v];
}

#endif
