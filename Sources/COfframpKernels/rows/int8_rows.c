#include "offramp_rows.h"
#include "processor/clones.h"

OFFRAMP_CLONES void offramp_add_int8_rows(
    long rows, long width, const int32_t *indices, const int8_t *codes, const float *scales,
    float *y)
{
    for (long row = 0; row < rows; row++, y += width) {
        const int8_t *code = codes + indices[row] * width;
        float scale = scales[indices[row]];
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] += scale * (float)code[c];
    }
}
