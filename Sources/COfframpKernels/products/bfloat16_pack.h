#ifndef OFFRAMP_BFLOAT16_PACK_H
#define OFFRAMP_BFLOAT16_PACK_H

#include "products/step_pack.h"

pack_function bfloat16_pack_transposed_plain, bfloat16_pack_transposed_avx2,
    bfloat16_pack_transposed_avx512, bfloat16_pack_transposed_avx512_bf16,
    bfloat16_pack_columns_plain, bfloat16_pack_columns_avx2, bfloat16_pack_columns_avx512,
    bfloat16_pack_columns_avx512_bf16, bfloat16_pack_rows_plain, bfloat16_pack_rows_avx2,
    bfloat16_pack_rows_avx512, bfloat16_pack_rows_avx512_bf16;

#endif
