#include "products/float_tile.h"

#if OFFRAMP_X86

#define TILE(count) \
    case count: \
        float_tile(count, 1, steps, x, entries, sums, stride, accumulate); \
        break;

// One half of the panel at a time: 12 of the 16 registers hold sums.
OFFRAMP_AVX2 void float_tile_avx2(
    long rows, long steps, step_view x, const void *panel, float *sums, long stride,
    bool accumulate)
{
    const float *entries = panel;
    for (long half = 0; half < PANEL; half += LANES, entries += LANES, sums += LANES)
        switch (rows) {
            TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
        }
}

#endif
