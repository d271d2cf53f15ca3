#include "offramp_dropout.h"
#include "rows/hash.h"

OFFRAMP_CLONES void offramp_dropout(
    long count, float probability, uint64_t seed, const float *x, float *y)
{
    uint32_t threshold = dropout_threshold(probability);
    uint64_t key = hash_key(seed);
    float scale = 1 / (1 - probability);
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        y[i] = hash_random(key, (uint32_t)i) < threshold ? 0 : x[i] * scale;
}
