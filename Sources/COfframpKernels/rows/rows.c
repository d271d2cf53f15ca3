#include <string.h>

#include "offramp_rows.h"
#include "processor/compiling.h"

OFFRAMP_CLONES void offramp_gather_add_rows(
    long rows, long width, const int32_t *indices, const float *x, float *y)
{
    for (long row = 0; row < rows; row++, y += width) {
        const float *source = x + indices[row] * width;
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] += source[c];
    }
}

void offramp_gather_rows(long rows, long width, const int32_t *indices, const float *x, float *y)
{
    for (long row = 0; row < rows; row++, y += width)
        memmove(y, x + indices[row] * width, (size_t)width * sizeof(float));
}

OFFRAMP_CLONES void offramp_scatter_add_rows(
    long rows, long width, const int32_t *indices, const float *dy, float *dx)
{
    for (long row = 0; row < rows; row++, dy += width) {
        float *target = dx + indices[row] * width;
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            target[c] += dy[c];
    }
}

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
