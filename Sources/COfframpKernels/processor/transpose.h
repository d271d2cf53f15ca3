#ifndef OFFRAMP_TRANSPOSE_H
#define OFFRAMP_TRANSPOSE_H

#include "processor/lanes.h"

// Swaps the off-diagonal blocks of `size` in every block of 2 * size.
#define TRANSPOSE_STEP(size, low, high) \
    OFFRAMP_UNROLL for (long i = 0; i < LANES; i++) \
        if (!(i & size)) { \
            float_lanes a = block[i], b = block[i + size]; \
            block[i] = __builtin_shufflevector low; \
            block[i + size] = __builtin_shufflevector high; \
        }

// y [LANES, LANES] = the transpose of x [rows, LANES], both at strides. If there are fewer rows
// than LANES, zeros take their place.
OFFRAMP_INLINE void transpose_square(
    long rows, const float *x, long x_stride, float *y, long y_stride)
{
    static const float zeros[LANES];
    float_lanes block[LANES];
    OFFRAMP_UNROLL for (long i = 0; i < LANES; i++)
        block[i] = *(const float_lanes *)(i < rows ? x + i * x_stride : zeros);
    TRANSPOSE_STEP(1, (a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
        (a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
    TRANSPOSE_STEP(2, (a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
        (a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
    TRANSPOSE_STEP(4, (a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
        (a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
    TRANSPOSE_STEP(8, (a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
        (a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
    OFFRAMP_UNROLL for (long i = 0; i < LANES; i++)
        *(float_lanes *)(y + i * y_stride) = block[i];
}

#endif
