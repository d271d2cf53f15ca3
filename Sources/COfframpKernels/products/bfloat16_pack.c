#include <stddef.h>
#include <string.h>

#include "processor/transpose.h"
#include "products/bfloat16.h"
#include "products/steps.h"

#if OFFRAMP_X86
#include <immintrin.h>
#endif

#define PAIR_LANES (PAIR * LANES)

// Rounds like bfloat16_of, into the upper halves; the lower halves are left over.
OFFRAMP_INLINE void round_lanes(const float *x, pair_lanes *rounded)
{
    pair_lanes bits = *(const pair_lanes *)x;
    pair_lanes is_number = (pair_lanes)((bits & 0x7fffffff) <= 0x7f800000);
    bits += 0x7fff + (bits >> 16 & 1);
    *rounded = (bits & is_number) | (0x7fc00000 & ~is_number);
}

OFFRAMP_INLINE void join(const pair_lanes *first, const pair_lanes *second, pair_lanes *pairs)
{
    *pairs = *first >> 16 | (*second & 0xffff0000);
}

OFFRAMP_INLINE uint32_t pair(float first, float second)
{
    return bfloat16_of(first) | (uint32_t)bfloat16_of(second) << 16;
}

// LANES pairs from two rows of floats: an entry of the first with the one below it.
OFFRAMP_INLINE void pair_rows(const float *first, const float *second, pair_lanes *pairs)
{
    pair_lanes low, high;
    round_lanes(first, &low);
    round_lanes(second, &high);
    join(&low, &high, pairs);
}

// LANES pairs from PAIR_LANES floats of one row: each entry with its neighbour.
OFFRAMP_INLINE void pair_neighbours(const float *x, pair_lanes *pairs)
{
    pair_lanes low, high;
    round_lanes(x, &low);
    round_lanes(x + LANES, &high);
    pair_lanes even = __builtin_shufflevector(
        low, high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    pair_lanes odd = __builtin_shufflevector(
        low, high, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
    join(&even, &odd, pairs);
}

// A path's two ways of making LANES pairs.
typedef struct {
    void (*of_rows)(const float *first, const float *second, pair_lanes *pairs);
    void (*of_neighbours)(const float *x, pair_lanes *pairs);
} pairing;

static const pairing computed = {pair_rows, pair_neighbours};

#if OFFRAMP_X86
// The processor's own rounding flushes subnormal numbers to zero, as its products do.
OFFRAMP_INLINE OFFRAMP_AVX512_BF16 void convert_neighbours(const float *x, pair_lanes *pairs)
{
    *pairs = (pair_lanes)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(x + LANES), _mm512_loadu_ps(x));
}

OFFRAMP_INLINE OFFRAMP_AVX512_BF16 void convert_rows(
    const float *first, const float *second, pair_lanes *pairs)
{
    __m512i halves = (__m512i)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(second), _mm512_loadu_ps(first));
    __m512i lanes = _mm512_set_epi16(
        31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4,
        19, 3, 18, 2, 17, 1, 16, 0);
    *pairs = (pair_lanes)_mm512_permutexvar_epi16(lanes, halves);
}

static const pairing converted = {convert_rows, convert_neighbours};
#endif

// One row's pairs from the depth `first` on, `step` apart.
OFFRAMP_INLINE void pack_row_end(
    long first, long depth, const float *x, uint32_t *packed, long step)
{
    for (long k = first; k < depth; k += PAIR)
        packed[k / PAIR * step] = pair(x[k], k + 1 < depth ? x[k + 1] : 0);
}

OFFRAMP_INLINE void pack_rows(
    pairing pairs, long width, long depth, const float *x, long stride, uint32_t *packed,
    long stride_to)
{
    for (long row = 0; row < width; row++, x += stride, packed += stride_to) {
        long k = 0;
        for (; k + PAIR_LANES <= depth; k += PAIR_LANES)
            pairs.of_neighbours(x + k, (pair_lanes *)(packed + k / PAIR));
        pack_row_end(k, depth, x, packed, 1);
    }
}

// LANES pairs of each of LANES rows, transposed. If there are fewer rows, zeros take their place.
OFFRAMP_INLINE void transpose_pairs(
    pairing pairs, long rows, const float *x, long stride, uint32_t *packed)
{
    static const float zeros[PAIR_LANES];
    pair_lanes block[LANES];
    for (long row = 0; row < LANES; row++)
        pairs.of_neighbours(row < rows ? x + row * stride : zeros, &block[row]);
    transpose_square(LANES, (const float *)block, LANES, (float *)packed, PANEL);
}

OFFRAMP_INLINE void pack_transposed(
    pairing pairs, long width, long depth, const float *x, long stride, uint32_t *packed,
    long stride_to)
{
    (void)stride_to;
    long k = 0;
    for (; k + PAIR_LANES <= depth; k += PAIR_LANES)
        for (long c = 0; c < PANEL; c += LANES)
            transpose_pairs(
                pairs, width - c, x + c * stride + k, stride, packed + k / PAIR * PANEL + c);
    for (long c = 0; c < PANEL; c++)
        if (c < width)
            pack_row_end(k, depth, x + c * stride, packed + c, PANEL);
        else
            for (long p = k / PAIR; p * PAIR < depth; p++)
                packed[p * PANEL + c] = 0;
}

// A pair of rows; `second` is NULL if the last row has no partner.
OFFRAMP_INLINE void pack_row_pair(
    pairing pairs, long width, const float *first, const float *second, uint32_t *packed)
{
    static const float zeros[LANES];
    long c = 0;
    for (; c + LANES <= width; c += LANES)
        pairs.of_rows(first + c, second ? second + c : zeros, (pair_lanes *)(packed + c));
    for (; c < width; c++)
        packed[c] = pair(first[c], second ? second[c] : 0);
}

OFFRAMP_INLINE void pack_columns(
    pairing pairs, long width, long depth, const float *x, long stride, uint32_t *packed,
    long stride_to)
{
    for (long k = 0; k < depth; k += PAIR, x += PAIR * stride, packed += stride_to) {
        pack_row_pair(pairs, width, x, k + 1 < depth ? x + stride : NULL, packed);
        for (long c = width; c < stride_to; c++)
            packed[c] = 0;
    }
}

// LANES columns of LANES pairs of rows, transposed; missing ones are zero.
OFFRAMP_INLINE void turn_block(
    pairing pairs, long columns, long depth, const float *x, long stride, uint32_t *turned,
    long stride_to)
{
    uint32_t block[LANES * LANES] = {0};
    for (long p = 0; p < LANES && p * PAIR < depth; p++, x += PAIR * stride)
        pack_row_pair(
            pairs, columns, x, p * PAIR + 1 < depth ? x + stride : NULL, block + p * LANES);
    transpose_square(LANES, (const float *)block, LANES, (float *)turned, stride_to);
}

OFFRAMP_INLINE void pack_turned(
    pairing pairs, long width, long depth, const float *x, long stride, uint32_t *packed,
    long stride_to)
{
    for (long k = 0; k < depth; k += PAIR_LANES)
        for (long c = 0; c < width; c += LANES) {
            long columns = smaller(LANES, width - c), pairs_left = (depth - k + 1) / PAIR;
            uint32_t *to = packed + c * stride_to + k / PAIR;
            const float *from = x + k * stride + c;
            if (columns == LANES && pairs_left >= LANES) {
                turn_block(pairs, columns, depth - k, from, stride, to, stride_to);
                continue;
            }
            uint32_t turned[LANES * LANES];
            turn_block(pairs, columns, depth - k, from, stride, turned, LANES);
            for (long row = 0; row < columns; row++)
                memcpy(
                    to + row * stride_to, turned + row * LANES,
                    smaller(LANES, pairs_left) * sizeof(uint32_t));
        }
}

#define PACK(form, path, target, pairs) \
    target void bfloat16_pack_##form##_##path( \
        long width, long depth, const float *x, long stride, void *packed, long stride_to) \
    { \
        pack_##form(pairs, width, depth, x, stride, packed, stride_to); \
    }

#define PACKS(path, target, pairs) \
    PACK(transposed, path, target, pairs) \
    PACK(columns, path, target, pairs) \
    PACK(rows, path, target, pairs)

PACKS(plain, , computed)

#if OFFRAMP_X86
PACKS(avx2, OFFRAMP_AVX2, computed)
PACKS(avx512, OFFRAMP_AVX512, computed)
PACKS(avx512_bf16, OFFRAMP_AVX512_BF16, converted)
PACK(turned, amx, OFFRAMP_AVX512_BF16, converted)
#endif
