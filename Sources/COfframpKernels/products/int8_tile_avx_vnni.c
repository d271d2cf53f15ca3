#include "products/int8_tile.h"

#if OFFRAMP_X86

#include <immintrin.h>

#define VECTOR 8

// Half a panel: 16 outputs in two vectors.
OFFRAMP_INLINE OFFRAMP_AVX_VNNI void sum_half(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    __m256i total[6][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        total[r][0] = total[r][1] = _mm256_set1_epi32(-128 * x.sums[r]);
    for (long g = 0; g < groups; g++, panel += PANEL * GROUP) {
        __m256i left = _mm256_loadu_si256((const void *)panel);
        __m256i right = _mm256_loadu_si256((const void *)(panel + VECTOR * GROUP));
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            __m256i four = _mm256_set1_epi32(group_of(x, r, g));
            total[r][0] = _mm256_dpbusd_avx_epi32(total[r][0], left, four);
            total[r][1] = _mm256_dpbusd_avx_epi32(total[r][1], right, four);
        }
    }
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
        _mm256_storeu_si256((void *)(sums + r * PANEL), total[r][0]);
        _mm256_storeu_si256((void *)(sums + r * PANEL + VECTOR), total[r][1]);
    }
}

OFFRAMP_INLINE OFFRAMP_AVX_VNNI void sum(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    sum_half(rows, groups, x, panel, sums);
    sum_half(rows, groups, x, panel + PANEL / 2 * GROUP, sums + PANEL / 2);
}

OFFRAMP_AVX_VNNI void int8_tile_avx_vnni(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    _Alignas(64) int32_t sums[MOST_TILE_ROWS * PANEL];
    switch (rows) {
        INT8_TILE(1) INT8_TILE(2) INT8_TILE(3) INT8_TILE(4) INT8_TILE(5)
        INT8_TILE(6)
    }
}

#endif
