#include "products/int8_tile.h"

#if OFFRAMP_X86

#include <immintrin.h>

OFFRAMP_INLINE OFFRAMP_AVX512_VNNI void sum(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    __m512i total[MOST_TILE_ROWS][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        total[r][0] = total[r][1] = _mm512_set1_epi32(-128 * x.sums[r]);
    for (long g = 0; g < groups; g++, panel += PANEL * GROUP) {
        __m512i left = _mm512_loadu_si512(panel), right = _mm512_loadu_si512(panel + 64);
        __builtin_prefetch(panel + groups * PANEL * GROUP, 0, 3);
        __builtin_prefetch(panel + groups * PANEL * GROUP + 64, 0, 3);
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            __m512i four = _mm512_set1_epi32(group_of(x, r, g));
            total[r][0] = _mm512_dpbusd_epi32(total[r][0], left, four);
            total[r][1] = _mm512_dpbusd_epi32(total[r][1], right, four);
        }
    }
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
        _mm512_storeu_si512(sums + r * PANEL, total[r][0]);
        _mm512_storeu_si512(sums + r * PANEL + PANEL / 2, total[r][1]);
    }
}

// 28 of the 32 registers hold sums, two the weights and one a spread group of codes.
OFFRAMP_AVX512_VNNI void int8_tile_avx512_vnni(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    int32_t sums[MOST_TILE_ROWS * PANEL];
    switch (rows) {
        INT8_TILE(1) INT8_TILE(2) INT8_TILE(3) INT8_TILE(4) INT8_TILE(5)
        INT8_TILE(6) INT8_TILE(7) INT8_TILE(8) INT8_TILE(9) INT8_TILE(10)
        INT8_TILE(11) INT8_TILE(12) INT8_TILE(13) INT8_TILE(14)
    }
}

#endif
