#include "products/kernels.h"
#include "rows/activations.h"

OFFRAMP_INLINE void finish_rows(
    offramp_activation activation, long rows, long columns, const float *sums, const float *bias,
    float *y, long stride)
{
    for (long r = 0; r < rows; r++, sums += PANEL, y += stride)
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < columns; c++)
            y[c] = activated(activation, sums[c] + bias[c]);
}

// A whole panel gets a loop of constant length.
#define FINISH_CASE(constant, name) \
    case constant: \
        if (columns == PANEL) \
            finish_rows(constant, rows, PANEL, sums, bias, y, stride); \
        else \
            finish_rows(constant, rows, columns, sums, bias, y, stride); \
        break;

#define FINISH(path, target) \
    target void finish_##path( \
        offramp_activation activation, long rows, long columns, const float *sums, \
        const float *bias, float *y, long stride) \
    { \
        switch (activation) { OFFRAMP_FOR_EACH_ACTIVATION(FINISH_CASE) } \
    }

FINISH(plain, )

#if OFFRAMP_X86
FINISH(avx2, OFFRAMP_AVX2)
FINISH(avx512, OFFRAMP_AVX512)
#endif
