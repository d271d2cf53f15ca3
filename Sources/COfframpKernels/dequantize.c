#include "activated.h"
#include "clones.h"
#include "dequantize.h"
#include "panels.h"
#include "targets.h"

// Where sums of 8-bit codes are turned into floats, the finer GELU would be lost.
OFFRAMP_INLINE float coarsely_activated(offramp_activation activation, float x)
{
    return activation == OFFRAMP_GELU ? lane_gelu_coarse(x) : activated(activation, x);
}

// Copies show the compiler that writing y leaves them alone.
OFFRAMP_INLINE void dequantize_rows(
    offramp_activation activation, long rows, long columns, const int32_t *sums,
    dequantization by, float *y, long stride)
{
    float scales[PANEL], bias[PANEL];
    __builtin_memcpy(scales, by.scales, columns * sizeof(float));
    __builtin_memcpy(bias, by.bias, columns * sizeof(float));
    for (long r = 0; r < rows; r++, sums += PANEL, y += stride) {
        float row_scale = by.row_scales[r];
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < columns; c++)
            y[c] = coarsely_activated(
                activation, (float)sums[c] * row_scale * scales[c] + bias[c]);
    }
}

// A full panel gets a loop of constant length.
#define CASE(activation) \
    case activation: \
        if (columns == PANEL) \
            dequantize_rows(activation, rows, PANEL, sums, by, y, stride); \
        else \
            dequantize_rows(activation, rows, columns, sums, by, y, stride); \
        break;

#define DEQUANTIZE(name, target) \
    target void name( \
        offramp_activation activation, long rows, long columns, const int32_t *sums, \
        dequantization by, float *y, long stride) \
    { \
        switch (activation) { \
            CASE(OFFRAMP_IDENTITY) \
            CASE(OFFRAMP_GELU) \
            CASE(OFFRAMP_GELU_TANH) \
            CASE(OFFRAMP_RELU) \
            CASE(OFFRAMP_TANH) \
        } \
    }

DEQUANTIZE(dequantize_plain, )

#if OFFRAMP_X86
DEQUANTIZE(dequantize_avx2, OFFRAMP_AVX2)
DEQUANTIZE(dequantize_avx512, OFFRAMP_AVX512)
#endif
