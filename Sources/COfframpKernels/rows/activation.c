#include "rows/activations.h"

// The activation is a constant in each case, so that each gets a loop of its own.

OFFRAMP_INLINE void activate(offramp_activation kind, long count, const float *x, float *y)
{
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        y[i] = activated(kind, x[i]);
}

#define ACTIVATE_CASE(constant, name) \
    case constant: activate(constant, count, x, y); break;

OFFRAMP_CLONES void offramp_activate(
    offramp_activation kind, long count, const float *x, float *y)
{
    switch (kind) { OFFRAMP_FOR_EACH_ACTIVATION(ACTIVATE_CASE) }
}

OFFRAMP_INLINE void activate_gradient(
    offramp_activation kind, long count, const float *dy, const float *x, float *dx)
{
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        dx[i] = dy[i] * activation_slope(kind, x[i]);
}

#define GRADIENT_CASE(constant, name) \
    case constant: activate_gradient(constant, count, dy, x, dx); break;

OFFRAMP_CLONES void offramp_activate_gradient(
    offramp_activation kind, long count, const float *dy, const float *x, float *dx)
{
    switch (kind) { OFFRAMP_FOR_EACH_ACTIVATION(GRADIENT_CASE) }
}
