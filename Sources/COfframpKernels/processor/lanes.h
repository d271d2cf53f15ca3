#ifndef OFFRAMP_LANES_H
#define OFFRAMP_LANES_H

#include <stdint.h>

#include "processor/compiling.h"

// Vectors as wide as an AVX-512 register; narrower targets use several registers for one. Helpers
// take vectors by address, as passing them by value would tie the helper to one instruction set.
#define LANES 16
typedef float float_lanes __attribute__((ext_vector_type(LANES), aligned(4), may_alias));
typedef int32_t int_lanes __attribute__((ext_vector_type(LANES), aligned(4), may_alias));

// Moves the upper half of the remaining lanes onto the lower half. Halving fixes the order in which
// lanes are combined.
#define UPPER_8(x) __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0)
#define UPPER_4(x) __builtin_shufflevector(x, x, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
#define UPPER_2(x) __builtin_shufflevector(x, x, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

OFFRAMP_INLINE float lane_sum(const float_lanes *x)
{
    float_lanes sum = *x;
    sum += UPPER_8(sum);
    sum += UPPER_4(sum);
    sum += UPPER_2(sum);
    return sum[0] + sum[1];
}

// The processor's own maximum, a comparison and a choice. fmaxf would add instructions for NaN.
OFFRAMP_INLINE void lanes_maximum(float_lanes *best, const float_lanes *x)
{
    *best = *best > *x ? *best : *x;
}

OFFRAMP_INLINE float lane_maximum(const float_lanes *x)
{
    float_lanes best = *x, upper = UPPER_8(best);
    lanes_maximum(&best, &upper);
    upper = UPPER_4(best);
    lanes_maximum(&best, &upper);
    upper = UPPER_2(best);
    lanes_maximum(&best, &upper);
    return best[0] > best[1] ? best[0] : best[1];
}

#endif
