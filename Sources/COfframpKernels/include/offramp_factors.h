#ifndef OFFRAMP_FACTORS_H
#define OFFRAMP_FACTORS_H

// The number format in which factors are multiplied; their products are summed as floats.
typedef enum {
    OFFRAMP_FACTORS_FLOAT32,
    OFFRAMP_FACTORS_BFLOAT16
} offramp_factors;

#endif
