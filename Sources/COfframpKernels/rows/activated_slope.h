#ifndef OFFRAMP_ACTIVATED_SLOPE_H
#define OFFRAMP_ACTIVATED_SLOPE_H

#include "offramp_activation.h"
#include "processor/vector_math.h"

// Phi(x) + x * phi(x)
OFFRAMP_INLINE float gelu_slope(float x)
{
    float density = 0.398942280f * lane_exp(-0.5f * x * x);
    return 0.5f + 0.5f * lane_erf(x * 0.707106781f) + x * density;
}

OFFRAMP_INLINE float gelu_tanh_slope(float x)
{
    float tanh = lane_tanh(0.797884561f * (x + 0.044715f * x * x * x));
    float inner = 0.797884561f * (1 + 3 * 0.044715f * x * x);
    return 0.5f + 0.5f * tanh + 0.5f * x * (1 - tanh * tanh) * inner;
}

OFFRAMP_INLINE float tanh_slope(float x)
{
    float tanh = lane_tanh(x);
    return 1 - tanh * tanh;
}

// One lane of an activation's derivative; `activation` is a constant where this is called.
OFFRAMP_INLINE float activated_slope(offramp_activation activation, float x)
{
    switch (activation) {
    case OFFRAMP_IDENTITY: return 1;
    case OFFRAMP_GELU: return gelu_slope(x);
    case OFFRAMP_GELU_TANH: return gelu_tanh_slope(x);
    case OFFRAMP_RELU: return x > 0 ? 1 : 0;
    case OFFRAMP_TANH: return tanh_slope(x);
    }
}

#endif
