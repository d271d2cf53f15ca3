#ifndef OFFRAMP_DROPOUT_H
#define OFFRAMP_DROPOUT_H

#include <stdint.h>

// y = x / (1 - probability) where kept, else 0. Whether entry i is kept is a hash of (seed, i mod
// 2^32), so the gradient is the same call on dy and no mask is stored. probability is in [0, 1).
// y may be x.
void offramp_dropout(long count, float probability, uint64_t seed, const float *x, float *y);

#endif
