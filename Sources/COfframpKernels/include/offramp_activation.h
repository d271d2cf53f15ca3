#ifndef OFFRAMP_ACTIVATION_H
#define OFFRAMP_ACTIVATION_H

// GELU is x * Phi(x) with the exact error function (Hugging Face's "gelu"); GELU_TANH is its
// approximation by tanh ("gelu_new").
typedef enum {
    OFFRAMP_IDENTITY,
    OFFRAMP_GELU,
    OFFRAMP_GELU_TANH,
    OFFRAMP_RELU,
    OFFRAMP_TANH
} offramp_activation;

// y = activation(x). y may be x.
void offramp_activate(offramp_activation kind, long count, const float *x, float *y);

// dx = dy * activation'(x), x being the input of the activation. dx may be dy.
void offramp_activate_gradient(
    offramp_activation kind, long count, const float *dy, const float *x, float *dx);

#endif
