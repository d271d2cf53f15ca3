#ifndef OFFRAMP_LAYER_NORM_H
#define OFFRAMP_LAYER_NORM_H

// y = (x - mean) / sqrt(variance + epsilon) * weight + bias over each row of x [rows, width] (Ba,
// Kiros and Hinton, 2016). statistics is NULL, or [rows, 2] and receives (mean, 1 / deviation)
// for the gradient. y may be x.
void offramp_layer_norm(
    long rows, long width, const float *x, const float *weight, const float *bias, float epsilon,
    float *y, float *statistics);

// The same of x + residual, in one pass. y may be x or residual.
void offramp_add_layer_norm(
    long rows, long width, const float *x, const float *residual, const float *weight,
    const float *bias, float epsilon, float *y);

// dx is overwritten, dweight and dbias [width] are added to. dx may be dy.
void offramp_layer_norm_gradient(
    long rows, long width, const float *dy, const float *x, const float *weight,
    const float *statistics, float *dx, float *dweight, float *dbias);

#endif
