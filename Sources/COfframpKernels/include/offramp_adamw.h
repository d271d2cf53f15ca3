#ifndef OFFRAMP_ADAMW_H
#define OFFRAMP_ADAMW_H

// One step of AdamW with decoupled weight decay (Loshchilov and Hutter, 2019). The gradient is
// multiplied by gradient_scale first (clipping). correction1 and correction2 are 1 - beta1^t and
// 1 - beta2^t at step t (from 1).
void offramp_adamw(
    long count, float *parameters, const float *gradient, float *first_moment,
    float *second_moment, float gradient_scale, float learning_rate, float beta1, float beta2,
    float epsilon, float weight_decay, float correction1, float correction2);

#endif
