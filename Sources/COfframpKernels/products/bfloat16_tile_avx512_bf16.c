#include "products/bfloat16_tile.h"

#if OFFRAMP_X86

#include <immintrin.h>

OFFRAMP_INLINE OFFRAMP_AVX512_BF16 void tile(
    long rows, long steps, step_view x, const uint16_t *panel, float *sums, long stride,
    bool accumulate)
{
    __m512 total[MOST_TILE_ROWS][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < 2; v++)
            total[r][v] = accumulate ? _mm512_loadu_ps(sums + r * stride + v * LANES)
                                     : _mm512_setzero_ps();
    const bfloat16_pair *entries = x.entries;
    for (long p = 0; p < steps; p++, entries += x.step_stride, panel += PANEL * PAIR) {
        // Behind this panel lies the next one.
        __builtin_prefetch(panel + steps * PANEL * PAIR, 0, 2);
        __builtin_prefetch(panel + (steps + 1) * PANEL * PAIR - PANEL, 0, 2);
        __m512bh left = (__m512bh)_mm512_loadu_si512(panel);
        __m512bh right = (__m512bh)_mm512_loadu_si512(panel + PANEL);
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            __m512bh entry = (__m512bh)_mm512_set1_epi32((int)entries[r * x.row_stride]);
            total[r][0] = _mm512_dpbf16_ps(total[r][0], left, entry);
            total[r][1] = _mm512_dpbf16_ps(total[r][1], right, entry);
        }
    }
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < 2; v++)
            _mm512_storeu_ps(sums + r * stride + v * LANES, total[r][v]);
}

#define TILE(count) \
    case count: \
        tile(count, steps, x, panel, sums, stride, accumulate); \
        break;

// 28 of the 32 registers hold sums, two the weights and one a spread pair of x.
OFFRAMP_AVX512_BF16 void bfloat16_tile_avx512_bf16(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    switch (rows) {
        TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7)
        TILE(8) TILE(9) TILE(10) TILE(11) TILE(12) TILE(13) TILE(14)
    }
}

#endif
