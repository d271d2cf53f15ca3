#include <string.h>

#include "offramp_rows.h"
#include "processor/compiling.h"

OFFRAMP_CLONES void offramp_embed(
    long tokens, long width, const int32_t *ids, const int32_t *positions, const int32_t *types,
    const float *word, const float *position, const float *type, float *y)
{
    for (long token = 0; token < tokens; token++, y += width) {
        const float *a = word + ids[token] * width;
        const float *b = position + positions[token] * width;
        const float *c = type + types[token] * width;
        OFFRAMP_INDEPENDENT
        for (long i = 0; i < width; i++)
            y[i] = a[i] + b[i] + c[i];
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
