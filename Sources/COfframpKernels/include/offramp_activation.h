#ifndef OFFRAMP_ACTIVATION_H
#define OFFRAMP_ACTIVATION_H

// All activations: a constant, and the name of the formulas in rows/activations.h. GELU is
// x * Phi(x) with the exact error function (Hugging Face's "gelu"); GELU_TANH is its approximation
// by tanh ("gelu_new").
#define OFFRAMP_FOR_EACH_ACTIVATION(ACTIVATION) \
    ACTIVATION(OFFRAMP_IDENTITY, identity) \
    ACTIVATION(OFFRAMP_GELU, gelu) \
    ACTIVATION(OFFRAMP_GELU_TANH, gelu_tanh) \
    ACTIVATION(OFFRAMP_RELU, relu) \
    ACTIVATION(OFFRAMP_TANH, tanh)

#define OFFRAMP_ACTIVATION_CONSTANT(constant, name) constant,
typedef enum { OFFRAMP_FOR_EACH_ACTIVATION(OFFRAMP_ACTIVATION_CONSTANT) } offramp_activation;

// y = activation(x). y may be x.
void offramp_activate(offramp_activation kind, long count, const float *x, float *y);

// dx = dy * activation'(x), x being the input of the activation. dx may be dy.
void offramp_activate_gradient(
    offramp_activation kind, long count, const float *dy, const float *x, float *dx);

#endif
