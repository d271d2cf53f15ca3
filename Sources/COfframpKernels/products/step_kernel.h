#ifndef OFFRAMP_STEP_KERNEL_H
#define OFFRAMP_STEP_KERNEL_H

#include "offramp_factors.h"
#include "offramp_path.h"
#include "products/finish.h"
#include "products/step_pack.h"
#include "products/step_tile.h"

// The functions of one number format on one path.
typedef struct {
    // Entries of the depth in a step.
    long step;
    long tile_rows;
    step_tile_function *tile;
    pack_function *pack_transposed, *pack_columns, *pack_rows;
    finish_function *finish;
} step_kernel;

step_kernel float_kernel(offramp_path path);
step_kernel bfloat16_kernel(offramp_path path);

OFFRAMP_INLINE step_kernel kernel_of(offramp_path path, offramp_factors factors)
{
    return factors == OFFRAMP_FACTORS_BFLOAT16 ? bfloat16_kernel(path) : float_kernel(path);
}

OFFRAMP_INLINE long steps_of(step_kernel kernel, long depth)
{
    return (depth + kernel.step - 1) / kernel.step;
}

#endif
