#include "products/bfloat16_pack.h"
#include "products/bfloat16_tile.h"
#include "products/float_pack.h"
#include "products/float_tile.h"
#include "products/step_kernel.h"

#define FLOAT(rows, path) \
    (step_kernel){ \
        1, rows, float_tile_##path, float_pack_transposed_##path, float_pack_columns, \
        float_pack_rows, finish_##path}

#define BFLOAT16(rows, path, finish_path) \
    (step_kernel){ \
        PAIR, rows, bfloat16_tile_##path, bfloat16_pack_transposed_##path, \
        bfloat16_pack_columns_##path, bfloat16_pack_rows_##path, finish_##finish_path}

step_kernel float_kernel(offramp_path path)
{
#if OFFRAMP_X86
    if (path >= OFFRAMP_PATH_AVX512)
        return FLOAT(14, avx512);
    if (path >= OFFRAMP_PATH_AVX2)
        return FLOAT(6, avx2);
#endif
    return FLOAT(2, plain);
}

step_kernel bfloat16_kernel(offramp_path path)
{
#if OFFRAMP_X86
    if (path >= OFFRAMP_PATH_AVX512_BF16)
        return BFLOAT16(14, avx512_bf16, avx512);
    if (path >= OFFRAMP_PATH_AVX512)
        return BFLOAT16(12, avx512, avx512);
    if (path >= OFFRAMP_PATH_AVX2)
        return BFLOAT16(4, avx2, avx2);
#endif
    return BFLOAT16(4, plain, plain);
}
