#include "products/int8_tile.h"

#if OFFRAMP_X86

#include <immintrin.h>

#define VECTOR 8

// Weights as vpmaddubsw takes them without saturating: it adds two products of an unsigned and a
// signed byte in 16 bits, and with the sign moved to the code that is at most 2 * 128 * 127.
typedef struct {
    __m256i signed_bytes, magnitudes;
} weights;

OFFRAMP_INLINE OFFRAMP_AVX2 void load(const uint8_t *panel, weights *result)
{
    __m256i shifted = _mm256_loadu_si256((const void *)panel);
    result->signed_bytes = _mm256_xor_si256(shifted, _mm256_set1_epi8((char)0x80));
    result->magnitudes = _mm256_abs_epi8(result->signed_bytes);
}

OFFRAMP_INLINE OFFRAMP_AVX2 void add_products(
    const __m256i *four, const weights *w, __m256i *total)
{
    __m256i codes = _mm256_sign_epi8(*four, w->signed_bytes);
    __m256i pairs = _mm256_maddubs_epi16(w->magnitudes, codes);
    *total = _mm256_add_epi32(*total, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

// Half a panel: 16 outputs in two vectors.
OFFRAMP_INLINE OFFRAMP_AVX2 void sum_half(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    __m256i total[4][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        total[r][0] = total[r][1] = _mm256_setzero_si256();
    for (long g = 0; g < groups; g++, panel += PANEL * GROUP) {
        weights left, right;
        load(panel, &left);
        load(panel + VECTOR * GROUP, &right);
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            __m256i four = _mm256_set1_epi32(group_of(x, r, g));
            add_products(&four, &left, &total[r][0]);
            add_products(&four, &right, &total[r][1]);
        }
    }
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
        _mm256_storeu_si256((void *)(sums + r * PANEL), total[r][0]);
        _mm256_storeu_si256((void *)(sums + r * PANEL + VECTOR), total[r][1]);
    }
}

OFFRAMP_INLINE OFFRAMP_AVX2 void sum(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    sum_half(rows, groups, x, panel, sums);
    sum_half(rows, groups, x, panel + PANEL / 2 * GROUP, sums + PANEL / 2);
}

OFFRAMP_AVX2 void int8_tile_avx2(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    _Alignas(64) int32_t sums[MOST_TILE_ROWS * PANEL];
    switch (rows) {
        INT8_TILE(1) INT8_TILE(2) INT8_TILE(3) INT8_TILE(4)
    }
}

#endif
