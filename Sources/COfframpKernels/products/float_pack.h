#ifndef OFFRAMP_FLOAT_PACK_H
#define OFFRAMP_FLOAT_PACK_H

#include "products/step_pack.h"

pack_function float_pack_transposed_plain, float_pack_transposed_avx2,
    float_pack_transposed_avx512, float_pack_columns, float_pack_rows;

#endif
