#include "products/bfloat16.h"
#include "products/steps.h"
#include "products/tile.h"

#if OFFRAMP_X86
#include <immintrin.h>
#endif

// Tiles of bfloat16: a step is a pair. Where no instruction multiplies it, both halves are widened
// to floats. The number of rows and of vectors is a constant wherever a tile is called.

OFFRAMP_INLINE void widened_tile(
    long rows, long vectors, long steps, step_view x, const uint16_t *panel, float *sums,
    long stride, bool accumulate)
{
    tile_sums total;
    start_sums(rows, vectors, sums, stride, accumulate, total);
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
    store_sums(rows, vectors, total, sums, stride);
}

void bfloat16_tile_plain(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const uint16_t *weights = panel;
    for (long half = 0; half < PANEL; half += LANES, weights += LANES * PAIR, sums += LANES)
        for (long r = 0; r < rows; r++) {
            step_view row = {
                (const bfloat16_pair *)x.entries + r * x.row_stride, x.row_stride, x.step_stride};
            widened_tile(1, 1, steps, row, weights, sums + r * stride, stride, accumulate);
        }
}

#if OFFRAMP_X86

// Half the panel at a time.
OFFRAMP_AVX2 void bfloat16_tile_avx2(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const uint16_t *weights = panel;
    for (long half = 0; half < PANEL; half += LANES, weights += LANES * PAIR, sums += LANES)
        switch (rows) {
            TILE_CASES_4(widened_tile, 1, steps, x, weights, sums, stride, accumulate)
        }
}

OFFRAMP_AVX512 void bfloat16_tile_avx512(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    switch (rows) {
        TILE_CASES_12(widened_tile, 2, steps, x, panel, sums, stride, accumulate)
    }
}

OFFRAMP_INLINE OFFRAMP_AVX512_BF16 void multiplied_tile(
    long rows, long steps, step_view x, const uint16_t *panel, float *sums, long stride,
    bool accumulate)
{
    tile_sums total;
    start_sums(rows, 2, sums, stride, accumulate, total);
    const bfloat16_pair *entries = x.entries;
    for (long p = 0; p < steps; p++, entries += x.step_stride, panel += PANEL * PAIR) {
        // The next panel starts where this one ends.
        __builtin_prefetch(panel + steps * PANEL * PAIR, 0, 2);
        __builtin_prefetch(panel + (steps + 1) * PANEL * PAIR - PANEL, 0, 2);
        __m512bh left = (__m512bh)_mm512_loadu_si512(panel);
        __m512bh right = (__m512bh)_mm512_loadu_si512(panel + PANEL);
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            __m512bh entry = (__m512bh)_mm512_set1_epi32((int)entries[r * x.row_stride]);
            total[r][0] = (float_lanes)_mm512_dpbf16_ps((__m512)total[r][0], left, entry);
            total[r][1] = (float_lanes)_mm512_dpbf16_ps((__m512)total[r][1], right, entry);
        }
    }
    store_sums(rows, 2, total, sums, stride);
}

// 28 of the 32 registers hold sums, two the panel and one a broadcast pair of x.
OFFRAMP_AVX512_BF16 void bfloat16_tile_avx512_bf16(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    switch (rows) {
        TILE_CASES_14(multiplied_tile, steps, x, panel, sums, stride, accumulate)
    }
}

#endif
