#ifndef OFFRAMP_HASH_H
#define OFFRAMP_HASH_H

#include <stdint.h>

#include "processor/compiling.h"

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

// 32 random bits for entry `index` of the stream `key`, without any state.
OFFRAMP_INLINE uint32_t hash_random(uint64_t key, uint32_t index)
{
    return hash_mix(hash_mix(index ^ (uint32_t)key) + (uint32_t)(key >> 32));
}

// An entry is dropped if its random bits are below this.
OFFRAMP_INLINE uint32_t dropout_threshold(float probability)
{
    return (uint32_t)((double)probability * 4294967296.0);
}

#endif
