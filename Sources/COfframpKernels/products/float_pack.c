#include <string.h>

#include "processor/transpose.h"
#include "products/steps.h"

OFFRAMP_INLINE void transpose_entries(
    long first, long width, long depth, const float *x, long stride, float *packed)
{
    for (long k = first; k < depth; k++)
        for (long c = 0; c < PANEL; c++)
            packed[k * PANEL + c] = c < width ? x[c * stride + k] : 0;
}

OFFRAMP_INLINE void pack_transposed(
    long width, long depth, const float *x, long stride, float *packed)
{
    long k = 0;
    for (; k + LANES <= depth; k += LANES)
        for (long c = 0; c < PANEL; c += LANES)
            transpose_square(
                width - c, x + c * stride + k, stride, packed + k * PANEL + c, PANEL);
    transpose_entries(k, width, depth, x, stride, packed);
}

#define PACK_TRANSPOSED(path, target) \
    target void float_pack_transposed_##path( \
        long width, long depth, const float *x, long stride, void *packed, long stride_to) \
    { \
        (void)stride_to; \
        pack_transposed(width, depth, x, stride, packed); \
    }

PACK_TRANSPOSED(plain, )

#if OFFRAMP_X86
PACK_TRANSPOSED(avx2, OFFRAMP_AVX2)
PACK_TRANSPOSED(avx512, OFFRAMP_AVX512)
#endif

OFFRAMP_INLINE void pack_columns(
    long width, long depth, const float *x, long stride, float *packed, long stride_to)
{
    for (long k = 0; k < depth; k++, x += stride, packed += stride_to) {
        memcpy(packed, x, width * sizeof(float));
        memset(packed + width, 0, (stride_to - width) * sizeof(float));
    }
}

// Rows of a whole panel have a constant length, which is copied without a call.
void float_pack_columns(
    long width, long depth, const float *x, long stride, void *packed, long stride_to)
{
    if (width == PANEL && stride_to == PANEL)
        pack_columns(PANEL, depth, x, stride, packed, PANEL);
    else
        pack_columns(width, depth, x, stride, packed, stride_to);
}

void float_pack_rows(
    long width, long depth, const float *x, long stride, void *packed, long stride_to)
{
    float *target = packed;
    for (long row = 0; row < width; row++)
        memcpy(target + row * stride_to, x + row * stride, depth * sizeof(float));
}
