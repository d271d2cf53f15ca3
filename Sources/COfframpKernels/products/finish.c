#include "processor/clones.h"
#include "processor/targets.h"
#include "products/finish.h"
#include "products/panels.h"
#include "rows/activated.h"

OFFRAMP_INLINE void finish_rows(
    offramp_activation activation, long rows, long columns, const float *sums, const float *bias,
    float *y, long stride)
{
    for (long r = 0; r < rows; r++, sums += PANEL, y += stride)
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < columns; c++)
            y[c] = activated(activation, sums[c] + bias[c]);
}

// A full panel gets a loop of constant length.
#define CASE(activation) \
    case activation: \
        if (columns == PANEL) \
            finish_rows(activation, rows, PANEL, sums, bias, y, stride); \
        else \
            finish_rows(activation, rows, columns, sums, bias, y, stride); \
        break;

#define FINISH(name, target) \
    target void name( \
        offramp_activation activation, long rows, long columns, const float *sums, \
        const float *bias, float *y, long stride) \
    { \
        switch (activation) { \
            CASE(OFFRAMP_IDENTITY) \
            CASE(OFFRAMP_GELU) \
            CASE(OFFRAMP_GELU_TANH) \
            CASE(OFFRAMP_RELU) \
            CASE(OFFRAMP_TANH) \
        } \
    }

FINISH(finish_plain, )

#if OFFRAMP_X86
FINISH(finish_avx2, OFFRAMP_AVX2)
FINISH(finish_avx512, OFFRAMP_AVX512)
#endif
