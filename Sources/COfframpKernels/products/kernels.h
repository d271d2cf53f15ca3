#ifndef OFFRAMP_KERNELS_OF_PATH_H
#define OFFRAMP_KERNELS_OF_PATH_H

#include <stddef.h>

#include "offramp_activation.h"
#include "offramp_path.h"
#include "offramp_product_format.h"
#include "products/int8_tile.h"
#include "products/steps.h"

// y [rows, columns] at a stride = activation(sums [rows, PANEL] + bias [PANEL]), columns <= PANEL.
typedef void finish_function(
    offramp_activation activation, long rows, long columns, const float *sums, const float *bias,
    float *y, long stride);

// See offramp_quantize_rows.
typedef void quantize_function(
    long rows, long width, const float *x, int8_t *codes, float *scales, int32_t *sums);

finish_function finish_plain, finish_avx2, finish_avx512;
quantize_function quantize_plain, quantize_avx2, quantize_avx512;

// All that depends on the path.
typedef struct {
    step_kernel float32, bfloat16;
    int8_kernel int8;
    finish_function *finish;
    quantize_function *quantize;
} path_kernels;

const path_kernels *kernels_of(offramp_path path);

OFFRAMP_INLINE const step_kernel *step_kernel_of(offramp_path path, offramp_product_format format)
{
    const path_kernels *kernels = kernels_of(path);
    return format == OFFRAMP_PRODUCT_BFLOAT16 ? &kernels->bfloat16 : &kernels->float32;
}

// The bytes of a second factor [depth, columns], packed. A step is as long on every path.
OFFRAMP_INLINE size_t packed_bytes(offramp_product_format format, long columns, long depth)
{
    const step_kernel *kernel = step_kernel_of(OFFRAMP_PATH_PLAIN, format);
    return steps_of(kernel, depth) * round_up(columns, PANEL) * STEP_BYTES;
}

#endif
