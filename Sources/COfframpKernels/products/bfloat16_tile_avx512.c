#include "products/bfloat16_tile.h"

#if OFFRAMP_X86

#define TILE(count) \
    case count: \
        bfloat16_tile(count, 2, steps, x, panel, sums, stride, accumulate); \
        break;

OFFRAMP_AVX512 void bfloat16_tile_avx512(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    switch (rows) {
        TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
        TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
    }
}

#endif
