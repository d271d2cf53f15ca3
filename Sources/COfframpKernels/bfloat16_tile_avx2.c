#include "bfloat16_tile.h"

#if OFFRAMP_X86

#define TILE(count) \
    case count: \
        bfloat16_tile(count, 1, pairs, x, stride, panel, sums); \
        break;

// One half of the panel at a time.
OFFRAMP_AVX2 void bfloat16_tile_avx2(
    long rows, long pairs, const uint16_t *x, long stride, const uint16_t *panel, float *sums)
{
    for (long half = 0; half < PANEL; half += LANES, panel += LANES * PAIR, sums += LANES)
        switch (rows) {
            TILE(1) TILE(2) TILE(3) TILE(4)
        }
}

#endif
