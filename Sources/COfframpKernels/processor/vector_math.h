#ifndef OFFRAMP_VECTOR_MATH_H
#define OFFRAMP_VECTOR_MATH_H

#include "processor/compiling.h"

// Transcendental functions of one float without a branch, a table or a call, so that a loop over
// them becomes vector code of whatever width the enclosing function is compiled for.
// The coefficients are minimax fits (Scripts/fit-vector-math.py).

OFFRAMP_INLINE float lane_clamp(float x, float low, float high)
{
    x = x < low ? low : x;
    return x > high ? high : x;
}

OFFRAMP_INLINE float lane_float_of_bits(unsigned bits)
{
    float value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

OFFRAMP_INLINE unsigned lane_bits_of_float(float value)
{
    unsigned bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    return bits;
}

// Relative error below 3e-7; 0 below -87.3, constant near 2^127 above 88.3. NaN stays NaN.
OFFRAMP_INLINE float lane_exp(float x)
{
    // Adding 1.5 * 2^23 leaves the rounded integer n in the low bits of the sum; 127 more makes
    // them the exponent of 2^n.
    const float round = 12582912.0f + 127.0f;
    float clamped = lane_clamp(x, -87.3f, 88.3f);
    float shifted = clamped * 1.44269504f + round;
    float n = shifted - round;
    float r = clamped - n * 0.693145752f;
    r = r - n * 1.42860677e-6f;
    float p = 0.00138145984f;
    p = p * r + 0.0083687169f;
    p = p * r + 0.0416683881f;
    p = p * r + 0.166665206f;
    p = p * r + 0.499999934f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    float power = p * lane_float_of_bits(lane_bits_of_float(shifted) << 23);
    return x < -87.3f ? 0.0f : power;
}

// Absolute error below 4e-7, exactly -1 and 1 from |x| = 4 on.
OFFRAMP_INLINE float lane_erf(float x)
{
    float c = lane_clamp(x, -4.0f, 4.0f);
    float z = c * c;
    float p = 1.98677838e-6f;
    p = p * z + 0.000284567448f;
    p = p * z + 0.00388339617f;
    p = p * z + 0.0531019102f;
    p = p * z + 0.193546217f;
    p = p * z + 1.12837914f;
    float q = 3.74202151e-5f;
    q = q * z + 0.00118558446f;
    q = q * z + 0.0152073562f;
    q = q * z + 0.115350487f;
    q = q * z + 0.504858424f;
    q = q * z + 1.0f;
    return lane_clamp(c * (p / q), -1.0f, 1.0f);
}

// Absolute error below 4e-7, relative error below 3e-7 near 0.
OFFRAMP_INLINE float lane_tanh(float x)
{
    float c = lane_clamp(x, -9.0f, 9.0f);
    float z = c * c;
    float p = 1.3354724e-8f;
    p = p * z + 2.06091311e-5f;
    p = p * z + 0.00349559122f;
    p = p * z + 0.133810283f;
    p = p * z + 0.999999979f;
    float q = 7.776585e-7f;
    q = q * z + 0.000328563979f;
    q = q * z + 0.0258769941f;
    q = q * z + 0.467143439f;
    q = q * z + 1.0f;
    return lane_clamp(c * (p / q), -1.0f, 1.0f);
}

#endif
