#ifndef OFFRAMP_BFLOAT16_H
#define OFFRAMP_BFLOAT16_H

#include "processor/lanes.h"
#include "processor/vector_math.h"

// A step of bfloat16: two along the depth, the first in the lower half.
#define PAIR 2

// LANES pairs.
typedef uint32_t pair_lanes __attribute__((vector_size(64), aligned(4), may_alias));
// A pair that starts at any bfloat16.
typedef uint32_t bfloat16_pair __attribute__((aligned(2), may_alias));

// Rounds to nearest even. NaN becomes the quiet NaN; the carry could otherwise turn it into
// infinity.
OFFRAMP_INLINE uint16_t bfloat16_of(float x)
{
    unsigned bits = lane_bits_of_float(x);
    unsigned rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    return (uint16_t)((bits & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : rounded);
}

#endif
