#include "products/dequantize.h"
#include "products/int8_tile.h"
#include "products/tile.h"

#if OFFRAMP_X86
#include <immintrin.h>
#endif

// Tiles of int8: sums of codes, and floats from the sums while they are still in registers. The
// number of rows is a constant wherever a function of a tile is called.

OFFRAMP_INLINE int32_t group_of(code_rows x, long row, long group)
{
    int32_t four;
    __builtin_memcpy(&four, x.codes + row * x.stride + group * GROUP, sizeof four);
    return four;
}

// Leaves sums [rows, PANEL] of x [rows, groups * GROUP] times panel.
typedef void int8_sum_function(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums);

OFFRAMP_INLINE void int8_tile(
    long rows, int8_sum_function *sum, bool gelu, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    _Alignas(64) int32_t sums[MOST_REGISTER_ROWS * PANEL];
    sum(rows, groups, x, panel, sums);
    if (gelu)
        dequantize_tile(true, rows, 0, sums, by, y, stride);
    else
        dequantize_tile(false, rows, 0, sums, by, y, stride);
}

static int32_t dot(const int8_t *x, const uint8_t *weights)
{
    int32_t sum = 0;
    for (long i = 0; i < GROUP; i++)
        sum += x[i] * (weights[i] - 128);
    return sum;
}

OFFRAMP_INLINE void sum_plain(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    for (long r = 0; r < rows; r++)
        for (long c = 0; c < PANEL; c++) {
            int32_t total = 0;
            for (long g = 0; g < groups; g++)
                total += dot(x.codes + r * x.stride + g * GROUP, panel + (g * PANEL + c) * GROUP);
            sums[r * PANEL + c] = total;
        }
}

void int8_tile_plain(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    (void)rows;
    int8_tile(1, sum_plain, gelu, groups, x, panel, by, y, stride);
}

#if OFFRAMP_X86

// Columns of one 256-bit vector.
#define HALF_LANES 8

// Groups of one vector as a path multiplies them: as stored, or by magnitude and sign.
typedef struct {
    __m256i weights, signs;
} weight_vector;

// How a path with 256-bit vectors adds the products of four codes with the weights of 8 columns.
typedef struct {
    // Where the sums of a row start, by its own sum of codes or the columns' negative weights.
    __m256i (*start)(int32_t codes, const int32_t *negatives);
    weight_vector (*load)(const uint8_t *panel);
    __m256i (*add)(__m256i total, weight_vector w, __m256i four);
} dot_product;

// Half a panel: 16 columns in two vectors.
OFFRAMP_INLINE OFFRAMP_AVX2 void sum_half(
    dot_product dot, long rows, long groups, code_rows x, const uint8_t *panel,
    const int32_t *negatives, int32_t *sums)
{
    __m256i total[6][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
        total[r][0] = dot.start(x.sums[r], negatives);
        total[r][1] = dot.start(x.sums[r], negatives + HALF_LANES);
    }
    for (long g = 0; g < groups; g++, panel += PANEL * GROUP) {
        weight_vector left = dot.load(panel), right = dot.load(panel + HALF_LANES * GROUP);
        OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
            __m256i four = _mm256_set1_epi32(group_of(x, r, g));
            total[r][0] = dot.add(total[r][0], left, four);
            total[r][1] = dot.add(total[r][1], right, four);
        }
    }
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++) {
        _mm256_storeu_si256((void *)(sums + r * PANEL), total[r][0]);
        _mm256_storeu_si256((void *)(sums + r * PANEL + HALF_LANES), total[r][1]);
    }
}

OFFRAMP_INLINE OFFRAMP_AVX2 void sum_halves(
    dot_product dot, long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    const int32_t *negatives = (const int32_t *)(panel + groups * PANEL * GROUP);
    for (long column = 0; column < PANEL; column += PANEL / 2)
        sum_half(
            dot, rows, groups, x, panel + column * GROUP, negatives + column, sums + column);
}

// vpmaddubsw adds two products of an unsigned and a signed byte in 16 bits. It does not saturate if
// the weight's sign is moved to the code: the sum is then at most 2 * 128 * 128. Inverting a code's
// bits, which more units can do than change its sign, gives one less than that: each negative weight
// lacks its magnitude, where the sum starts.
OFFRAMP_INLINE OFFRAMP_AVX2 __m256i start_avx2(int32_t codes, const int32_t *negatives)
{
    (void)codes;
    return _mm256_loadu_si256((const void *)negatives);
}

OFFRAMP_INLINE OFFRAMP_AVX2 weight_vector load_avx2(const uint8_t *panel)
{
    __m256i stored = _mm256_loadu_si256((const void *)panel);
    __m256i weights = _mm256_xor_si256(stored, _mm256_set1_epi8((char)0x80));
    // Else the compiler compares what is stored with a constant of its own, and runs out of registers.
    __asm__("" : "+x"(weights));
    __m256i signs = _mm256_cmpgt_epi8(_mm256_setzero_si256(), weights);
    return (weight_vector){_mm256_abs_epi8(weights), signs};
}

OFFRAMP_INLINE OFFRAMP_AVX2 __m256i add_avx2(__m256i total, weight_vector w, __m256i four)
{
    __m256i codes = _mm256_xor_si256(four, w.signs);
    __m256i pairs = _mm256_maddubs_epi16(w.weights, codes);
    return _mm256_add_epi32(total, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

OFFRAMP_INLINE OFFRAMP_AVX2 void sum_avx2(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    sum_halves((dot_product){start_avx2, load_avx2, add_avx2}, rows, groups, x, panel, sums);
}

OFFRAMP_AVX2 void int8_tile_avx2(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    switch (rows) {
        TILE_CASES_4(int8_tile, sum_avx2, gelu, groups, x, panel, by, y, stride)
    }
}

// Takes back the 128 of every weight.
OFFRAMP_INLINE OFFRAMP_AVX_VNNI __m256i start_avx_vnni(int32_t codes, const int32_t *negatives)
{
    (void)negatives;
    return _mm256_set1_epi32(-128 * codes);
}

OFFRAMP_INLINE OFFRAMP_AVX_VNNI weight_vector load_avx_vnni(const uint8_t *panel)
{
    return (weight_vector){.weights = _mm256_loadu_si256((const void *)panel)};
}

OFFRAMP_INLINE OFFRAMP_AVX_VNNI __m256i add_avx_vnni(
    __m256i total, weight_vector w, __m256i four)
{
    return _mm256_dpbusd_avx_epi32(total, w.weights, four);
}

OFFRAMP_INLINE OFFRAMP_AVX_VNNI void sum_avx_vnni(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    sum_halves((dot_product){start_avx_vnni, load_avx_vnni, add_avx_vnni}, rows, groups, x, panel, sums);
}

OFFRAMP_AVX_VNNI void int8_tile_avx_vnni(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    switch (rows) {
        TILE_CASES_6(int8_tile, sum_avx_vnni, gelu, groups, x, panel, by, y, stride)
    }
}

OFFRAMP_INLINE OFFRAMP_AVX512_VNNI void sum_avx512_vnni(
    long rows, long groups, code_rows x, const uint8_t *panel, int32_t *sums)
{
    __m512i total[MOST_REGISTER_ROWS][2];
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        total[r][0] = total[r][1] = _mm512_set1_epi32(-128 * x.sums[r]);
    for (long g = 0; g < groups; g++, panel += PANEL * GROUP) {
        __m512i left = _mm512_loadu_si512(panel), right = _mm512_loadu_si512(panel + 64);
        // The next panel starts where this one ends.
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

// 28 of the 32 registers hold sums, two the panel and one a broadcast group of codes.
OFFRAMP_AVX512_VNNI void int8_tile_avx512_vnni(
    bool gelu, long rows, long groups, code_rows x, const uint8_t *panel,
    const dequantization *by, float *y, long stride)
{
    switch (rows) {
        TILE_CASES_14(int8_tile, sum_avx512_vnni, gelu, groups, x, panel, by, y, stride)
    }
}

#endif
