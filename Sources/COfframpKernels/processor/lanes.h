#ifndef OFFRAMP_LANES_H
#define OFFRAMP_LANES_H

#include "processor/clones.h"
#include "processor/targets.h"
#include "products/rounding.h"

// One AVX-512 register; clones for lesser processors use several of theirs. Helpers take vectors by
// address, as passing them by value would tie the helper to one instruction set.
#define LANES 16
typedef float float_lanes __attribute__((ext_vector_type(LANES), aligned(4), may_alias));

// Half the lanes brought onto the other half; the order is fixed, and each step halves the work.
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

// A comparison and a choice, as the processor has it; the library's maximum also sorts out NaN.
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

OFFRAMP_INLINE float largest(long count, const float *x)
{
    if (count < LANES) {
        float best = x[0];
        for (long i = 1; i < count; i++)
            best = best > x[i] ? best : x[i];
        return best;
    }
    float_lanes best = *(const float_lanes *)(x + count - LANES);
    for (long i = 0; i + LANES <= count; i += LANES)
        lanes_maximum(&best, (const float_lanes *)(x + i));
    return lane_maximum(&best);
}

#endif
