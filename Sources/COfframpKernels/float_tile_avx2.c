#include "float_tile.h"

#if OFFRAMP_X86

#define TILE(count) \
    case count: \
        float_tile(count, 1, depth, x, panel, sums, accumulate); \
        break;

// One half of the panel at a time: 12 of the 16 registers hold sums.
OFFRAMP_AVX2 void float_tile_avx2(
    long rows, long depth, float_view x, const float *panel, float *sums, bool accumulate)
{
    for (long half = 0; half < PANEL; half += LANES, panel += LANES, sums += LANES)
        switch (rows) {
            TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
        }
}

#endif
