#ifndef OFFRAMP_BFLOAT16_H
#define OFFRAMP_BFLOAT16_H

#include <stdint.h>

#include "processor/vector_math.h"

// To nearest even. Not a number, which the carry could turn into infinity, becomes the quiet one.
OFFRAMP_INLINE uint16_t bfloat16_of(float x)
{
    unsigned bits = lane_bits_of_float(x);
    unsigned rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    return (uint16_t)((bits & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : rounded);
}

#endif
