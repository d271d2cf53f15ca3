#include <math.h>

#include "clones.h"
#include "offramp_activation.h"

#define SQRT_HALF 0.70710678118654752f
#define SQRT_2_OVER_PI 0.79788456080286536f
#define INVERSE_SQRT_2_PI 0.39894228040143268f
#define GELU_CUBE 0.044715f

OFFRAMP_INLINE float identity(float x) { return x; }

OFFRAMP_INLINE float identity_slope(float x) { (void)x; return 1; }

OFFRAMP_INLINE float relu(float x) { return x < 0 ? 0 : x; }

OFFRAMP_INLINE float relu_slope(float x) { return x > 0 ? 1 : 0; }

OFFRAMP_INLINE float gelu(float x) { return 0.5f * x * (1 + erff(x * SQRT_HALF)); }

// Phi(x) + x * phi(x)
OFFRAMP_INLINE float gelu_slope(float x)
{
    float density = INVERSE_SQRT_2_PI * expf(-0.5f * x * x);
    return 0.5f * (1 + erff(x * SQRT_HALF)) + x * density;
}

OFFRAMP_INLINE float gelu_tanh(float x)
{
    return 0.5f * x * (1 + tanhf(SQRT_2_OVER_PI * (x + GELU_CUBE * x * x * x)));
}

OFFRAMP_INLINE float gelu_tanh_slope(float x)
{
    float t = tanhf(SQRT_2_OVER_PI * (x + GELU_CUBE * x * x * x));
    float inner = SQRT_2_OVER_PI * (1 + 3 * GELU_CUBE * x * x);
    return 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * inner;
}

OFFRAMP_INLINE float tanh_slope(float x)
{
    float t = tanhf(x);
    return 1 - t * t;
}

#define APPLY(function) \
    for (long i = 0; i < count; i++) \
        y[i] = function(x[i]); \
    break

OFFRAMP_CLONES void offramp_activate(
    offramp_activation kind, long count, const float *x, float *y)
{
    switch (kind) {
    case OFFRAMP_IDENTITY: APPLY(identity);
    case OFFRAMP_GELU: APPLY(gelu);
    case OFFRAMP_GELU_TANH: APPLY(gelu_tanh);
    case OFFRAMP_RELU: APPLY(relu);
    case OFFRAMP_TANH: APPLY(tanhf);
    }
}

#define APPLY_SLOPE(slope) \
    for (long i = 0; i < count; i++) \
        dx[i] = dy[i] * slope(x[i]); \
    break

OFFRAMP_CLONES void offramp_activate_gradient(
    offramp_activation kind, long count, const float *dy, const float *x, float *dx)
{
    switch (kind) {
    case OFFRAMP_IDENTITY: APPLY_SLOPE(identity_slope);
    case OFFRAMP_GELU: APPLY_SLOPE(gelu_slope);
    case OFFRAMP_GELU_TANH: APPLY_SLOPE(gelu_tanh_slope);
    case OFFRAMP_RELU: APPLY_SLOPE(relu_slope);
    case OFFRAMP_TANH: APPLY_SLOPE(tanh_slope);
    }
}
