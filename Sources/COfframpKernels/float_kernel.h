#ifndef OFFRAMP_FLOAT_KERNEL_H
#define OFFRAMP_FLOAT_KERNEL_H

#include "finish.h"
#include "float_tile.h"
#include "offramp_path.h"
#include "panel_pack.h"

// The float functions of one path.
typedef struct {
    long tile_rows;
    float_tile_function *tile;
    finish_function *finish;
    panel_pack_function *pack;
} float_kernel;

OFFRAMP_INLINE float_kernel float_kernel_for(offramp_path path)
{
#if OFFRAMP_X86
    if (path >= OFFRAMP_PATH_AVX512)
        return (float_kernel){14, float_tile_avx512, finish_avx512, panel_pack_avx512};
    if (path >= OFFRAMP_PATH_AVX2)
        return (float_kernel){6, float_tile_avx2, finish_avx2, panel_pack_avx2};
#endif
    return (float_kernel){2, float_tile_plain, finish_plain, panel_pack_plain};
}

#endif
