#ifndef OFFRAMP_DROPOUT_RULE_H
#define OFFRAMP_DROPOUT_RULE_H

#include <stdint.h>

#include "offramp_dropout.h"
#include "processor/compiling.h"

// Which entries a dropout drops, and what it multiplies the others by.
typedef struct {
    // An entry is dropped if its random bits are below this.
    uint32_t threshold;
    float scale;
    uint64_t key;
} dropout_rule;

// A bijection of 32 bits whose every output bit depends on every input bit (the finaliser of
// Appleby's MurmurHash3): three shifts and two products, all of which vectorise.
OFFRAMP_INLINE uint32_t hash_mix(uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x85ebca6bu;
    x = (x ^ (x >> 13)) * 0xc2b2ae35u;
    return x ^ (x >> 16);
}

// What a seed adds to the indices: all 64 bits are mixed first (by Steele, Lea and Flood's
// SplitMix64), so that neighbouring seeds are not shifted copies of one stream.
OFFRAMP_INLINE uint64_t hash_key(uint64_t seed)
{
    seed += 0x9e3779b97f4a7c15u;
    seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9u;
    seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebu;
    return seed ^ (seed >> 31);
}

OFFRAMP_INLINE dropout_rule rule_of_dropout(float probability, uint64_t seed)
{
    return (dropout_rule){
        .threshold = (uint32_t)((double)probability * 4294967296.0),
        .scale = 1 / (1 - probability),
        .key = hash_key(seed),
    };
}

// x, or 0 if the entry of this index is dropped: 32 random bits without any state decide.
OFFRAMP_INLINE float kept_or_dropped(dropout_rule rule, uint32_t index, float x)
{
    uint32_t random =
        hash_mix(hash_mix(index ^ (uint32_t)rule.key) + (uint32_t)(rule.key >> 32));
    return random < rule.threshold ? 0 : x * rule.scale;
}

// y [rows, columns] = x with entries dropped, both at a stride. Entry (r, c) has the index
// first + r * row_step + c * column_step. y may be x.
void drop_matrix(
    dropout_rule rule, long rows, long columns, long first, long row_step, long column_step,
    const float *x, float *y, long stride);

#endif
