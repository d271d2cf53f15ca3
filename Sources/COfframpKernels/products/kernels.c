#include "products/bfloat16.h"
#include "products/kernels.h"

// The numbers are the rows of a tile.
#define FLOAT32(path, rows) \
    .float32 = { \
        1, rows, float_tile_##path, float_pack_transposed_##path, float_pack_columns, \
        float_pack_rows, NULL}
#define BFLOAT16(path, rows) \
    .bfloat16 = { \
        PAIR, rows, bfloat16_tile_##path, bfloat16_pack_transposed_##path, \
        bfloat16_pack_columns_##path, bfloat16_pack_rows_##path, NULL}
#define INT8(path, rows) .int8 = {rows, int8_tile_##path}
#define ROWS(path) .finish = finish_##path, .quantize = quantize_##path

static const path_kernels kernels[] = {
    [OFFRAMP_PATH_PLAIN] = {FLOAT32(plain, 2), BFLOAT16(plain, 4), INT8(plain, 1), ROWS(plain)},
#if OFFRAMP_X86
    [OFFRAMP_PATH_AVX2] = {FLOAT32(avx2, 6), BFLOAT16(avx2, 4), INT8(avx2, 4), ROWS(avx2)},
    [OFFRAMP_PATH_AVX_VNNI] = {FLOAT32(avx2, 6), BFLOAT16(avx2, 4), INT8(avx_vnni, 6), ROWS(avx2)},
    [OFFRAMP_PATH_AVX512] = {
        FLOAT32(avx512, 14), BFLOAT16(avx512, 12), INT8(avx2, 4), ROWS(avx512)},
    [OFFRAMP_PATH_AVX512_VNNI] = {
        FLOAT32(avx512, 14), BFLOAT16(avx512, 12), INT8(avx512_vnni, 14), ROWS(avx512)},
    [OFFRAMP_PATH_AVX512_BF16] = {
        FLOAT32(avx512, 14), BFLOAT16(avx512_bf16, 14), INT8(avx512_vnni, 14), ROWS(avx512)},
    [OFFRAMP_PATH_AMX] = {
        FLOAT32(avx512, 14),
        .bfloat16 = {
            PAIR, 32, bfloat16_tile_amx, bfloat16_pack_transposed_avx512_bf16,
            bfloat16_pack_columns_avx512_bf16, bfloat16_pack_rows_avx512_bf16,
            bfloat16_pack_turned_amx},
        INT8(amx, 32), ROWS(avx512)},
#endif
};

const path_kernels *kernels_of(offramp_path path) { return &kernels[path]; }
