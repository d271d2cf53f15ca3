#include "offramp_adamw.h"
#include "processor/compiling.h"

OFFRAMP_CLONES void offramp_adamw(
    long count, float *parameters, const float *gradient, float *first_moment,
    float *second_moment, float gradient_scale, float learning_rate, float beta1, float beta2,
    float epsilon, float weight_decay, float correction1, float correction2)
{
    float decay = 1 - learning_rate * weight_decay;
    float rate = learning_rate / correction1;
    float scale = 1 / correction2;
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++) {
        float g = gradient_scale * gradient[i];
        float m = beta1 * first_moment[i] + (1 - beta1) * g;
        float v = beta2 * second_moment[i] + (1 - beta2) * g * g;
        first_moment[i] = m;
        second_moment[i] = v;
        float deviation = __builtin_elementwise_sqrt(v * scale) + epsilon;
        parameters[i] = decay * parameters[i] - rate * m / deviation;
    }
}
