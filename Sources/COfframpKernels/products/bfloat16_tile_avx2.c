#include "products/bfloat16_tile.h"

#if OFFRAMP_X86

#define TILE(count) \
    case count: \
        bfloat16_tile(count, 1, steps, x, entries, sums, stride, accumulate); \
        break;

// One half of the panel at a time.
OFFRAMP_AVX2 void bfloat16_tile_avx2(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const uint16_t *entries = panel;
    for (long half = 0; half < PANEL; half += LANES, entries += LANES * PAIR, sums += LANES)
        switch (rows) {
            TILE(1) TILE(2) TILE(3) TILE(4)
        }
}

#endif
