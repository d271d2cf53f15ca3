#include "panel_pack.h"
#include "transpose.h"

OFFRAMP_INLINE void pack_entries(
    long first, long columns, long depth, const float *x, long stride, float *panel)
{
    for (long k = first; k < depth; k++)
        for (long c = 0; c < PANEL; c++)
            panel[k * PANEL + c] = c < columns ? x[c * stride + k] : 0;
}

OFFRAMP_INLINE void pack(long columns, long depth, const float *x, long stride, float *panel)
{
    long k = 0;
    if (columns == PANEL)
        for (; k + LANES <= depth; k += LANES)
            for (long c = 0; c < PANEL; c += LANES)
                transpose_square(
                    LANES, x + c * stride + k, stride, panel + k * PANEL + c, PANEL);
    pack_entries(k, columns, depth, x, stride, panel);
}

#define PACK(name, target) \
    target void name(long columns, long depth, const float *x, long stride, float *panel) \
    { \
        pack(columns, depth, x, stride, panel); \
    }

PACK(panel_pack_plain, )

#if OFFRAMP_X86
PACK(panel_pack_avx2, OFFRAMP_AVX2)
PACK(panel_pack_avx512, OFFRAMP_AVX512)
#endif
