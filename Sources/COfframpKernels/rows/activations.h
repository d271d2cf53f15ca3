#ifndef OFFRAMP_ACTIVATIONS_H
#define OFFRAMP_ACTIVATIONS_H

#include "offramp_activation.h"
#include "processor/vector_math.h"

// One lane of each activation, lane_<name>, and of its derivative, slope_<name>.

OFFRAMP_INLINE float lane_identity(float x) { return x; }

OFFRAMP_INLINE float slope_identity(float x)
{
    (void)x;
    return 1;
}

// x * Phi(x). Absolute error below 1.2e-6.
OFFRAMP_INLINE float lane_gelu(float x)
{
    float half = 0.5f * x;
    return half * lane_erf(x * 0.707106781f) + half;
}

// Phi(x) + x * phi(x)
OFFRAMP_INLINE float slope_gelu(float x)
{
    float density = 0.398942280f * lane_exp(-0.5f * x * x);
    return 0.5f + 0.5f * lane_erf(x * 0.707106781f) + x * density;
}

// Hendrycks and Gimpel's approximation by tanh.
OFFRAMP_INLINE float lane_gelu_tanh(float x)
{
    float half = 0.5f * x;
    float inner = 0.797884561f * (x + 0.044715f * x * x * x);
    return half * lane_tanh(inner) + half;
}

OFFRAMP_INLINE float slope_gelu_tanh(float x)
{
    float tanh = lane_tanh(0.797884561f * (x + 0.044715f * x * x * x));
    float inner = 0.797884561f * (1 + 3 * 0.044715f * x * x);
    return 0.5f + 0.5f * tanh + 0.5f * x * (1 - tanh * tanh) * inner;
}

OFFRAMP_INLINE float lane_relu(float x) { return x < 0 ? 0 : x; }

OFFRAMP_INLINE float slope_relu(float x) { return x > 0 ? 1 : 0; }

OFFRAMP_INLINE float slope_tanh(float x)
{
    float tanh = lane_tanh(x);
    return 1 - tanh * tanh;
}

// The same for an activation that is a constant where this is called.

#define ACTIVATED_CASE(constant, name) \
    case constant: return lane_##name(x);

OFFRAMP_INLINE float activated(offramp_activation activation, float x)
{
    switch (activation) { OFFRAMP_FOR_EACH_ACTIVATION(ACTIVATED_CASE) }
}

#define SLOPE_CASE(constant, name) \
    case constant: return slope_##name(x);

OFFRAMP_INLINE float activation_slope(offramp_activation activation, float x)
{
    switch (activation) { OFFRAMP_FOR_EACH_ACTIVATION(SLOPE_CASE) }
}

#endif
