#include "offramp_linear.h"
#include "products/bfloat16.h"
#include "products/panels.h"

// Rows lie whole cache lines apart.
#define ROW_MULTIPLE 32

long offramp_bfloat16_stride(long width) { return round_up(width, ROW_MULTIPLE); }

OFFRAMP_CLONES void offramp_round_rows(long rows, long width, const float *x, uint16_t *rounded)
{
    long stride = round_up(width, ROW_MULTIPLE);
    for (long row = 0; row < rows; row++, x += width, rounded += stride) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            rounded[c] = bfloat16_of(x[c]);
        for (long c = width; c < stride; c++)
            rounded[c] = 0;
    }
}
