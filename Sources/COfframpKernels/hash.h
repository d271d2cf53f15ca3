#ifndef OFFRAMP_HASH_H
#define OFFRAMP_HASH_H

#include <stdint.h>

#include "clones.h"

// A bijection of 32 bits whose every output bit depends on every input bit (the finaliser of
// Appleby's MurmurHash3): three shifts and two products, all of which vectorise.
OFFRAMP_INLINE uint32_t hash_mix(uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x85ebca6bu;
    x = (x ^ (x >> 13)) * 0xc2b2ae35u;
    return x ^ (x >> 16);
}

// 32 random bits for entry `index` of the stream `seed`, without any state.
OFFRAMP_INLINE uint32_t hash_random(uint64_t seed, uint32_t index)
{
    return hash_mix(hash_mix(index + (uint32_t)seed) ^ (uint32_t)(seed >> 32));
}

// An entry is dropped if its random bits are below this.
OFFRAMP_INLINE uint32_t dropout_threshold(float probability)
{
    return (uint32_t)((double)probability * 4294967296.0);
}

#endif
