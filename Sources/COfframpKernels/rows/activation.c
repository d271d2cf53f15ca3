#include "rows/activated.h"
#include "rows/activated_slope.h"

// The activation is a constant inside each case, so that each becomes a loop of its own.
#define FOR_EACH_ACTIVATION(CASE) \
    CASE(OFFRAMP_IDENTITY) \
    CASE(OFFRAMP_GELU) \
    CASE(OFFRAMP_GELU_TANH) \
    CASE(OFFRAMP_RELU) \
    CASE(OFFRAMP_TANH)

OFFRAMP_INLINE void activate(offramp_activation kind, long count, const float *x, float *y)
{
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        y[i] = activated(kind, x[i]);
}

OFFRAMP_CLONES void offramp_activate(
    offramp_activation kind, long count, const float *x, float *y)
{
#define CASE(activation) \
    case activation: activate(activation, count, x, y); break;
    switch (kind) { FOR_EACH_ACTIVATION(CASE) }
#undef CASE
}

OFFRAMP_INLINE void activate_gradient(
    offramp_activation kind, long count, const float *dy, const float *x, float *dx)
{
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        dx[i] = dy[i] * activated_slope(kind, x[i]);
}

OFFRAMP_CLONES void offramp_activate_gradient(
    offramp_activation kind, long count, const float *dy, const float *x, float *dx)
{
#define CASE(activation) \
    case activation: activate_gradient(activation, count, dy, x, dx); break;
    switch (kind) { FOR_EACH_ACTIVATION(CASE) }
#undef CASE
}
