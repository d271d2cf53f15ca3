#ifndef OFFRAMP_ACTIVATED_H
#define OFFRAMP_ACTIVATED_H

#include "offramp_activation.h"
#include "processor/vector_math.h"

// One lane of an activation; `activation` is a constant where this is called.
OFFRAMP_INLINE float activated(offramp_activation activation, float x)
{
    switch (activation) {
    case OFFRAMP_IDENTITY: return x;
    case OFFRAMP_GELU: return lane_gelu(x);
    case OFFRAMP_GELU_TANH: return lane_gelu_tanh(x);
    case OFFRAMP_RELU: return x < 0 ? 0 : x;
    case OFFRAMP_TANH: return lane_tanh(x);
    }
}

#endif
