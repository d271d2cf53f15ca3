#include "offramp_pooling.h"
#include "processor/compiling.h"

OFFRAMP_INLINE void mean_max_start(long width, const float *x, float *mean, float *maximum)
{
    for (long c = 0; c < width; c++)
        mean[c] = maximum[c] = x[c];
}

OFFRAMP_INLINE void mean_max_row(long width, const float *x, float *mean, float *maximum)
{
    OFFRAMP_INDEPENDENT
    for (long c = 0; c < width; c++) {
        mean[c] += x[c];
        maximum[c] = x[c] > maximum[c] ? x[c] : maximum[c];
    }
}

// Called before mean_max_row takes the row into the maximum.
OFFRAMP_INLINE void argmax_row(
    long width, int32_t row, const float *x, const float *maximum, int32_t *argmax)
{
    OFFRAMP_INDEPENDENT
    for (long c = 0; c < width; c++)
        argmax[c] = x[c] > maximum[c] ? row : argmax[c];
}

OFFRAMP_INLINE void fill_index(long width, int32_t value, int32_t *argmax)
{
    for (long c = 0; argmax && c < width; c++)
        argmax[c] = value;
}

OFFRAMP_INLINE void fill(long width, float value, float *y)
{
    for (long c = 0; c < width; c++)
        y[c] = value;
}

OFFRAMP_INLINE void mean_max_text(
    long width, int32_t start, int32_t end, const float *x, float *y, int32_t *argmax)
{
    float *maximum = y + width;
    mean_max_start(width, x + start * width, y, maximum);
    fill_index(width, start, argmax);
    for (int32_t row = start + 1; row < end; row++) {
        if (argmax)
            argmax_row(width, row, x + row * width, maximum, argmax);
        mean_max_row(width, x + row * width, y, maximum);
    }
    float scale = 1.0f / (end - start);
    for (long c = 0; c < width; c++)
        y[c] *= scale;
}

OFFRAMP_CLONES void offramp_mean_max(
    long texts, long width, const int32_t *starts, const float *x, float *y, int32_t *argmax)
{
    for (long text = 0; text < texts; text++, y += 2 * width) {
        if (starts[text] < starts[text + 1]) {
            mean_max_text(width, starts[text], starts[text + 1], x, y, argmax);
        } else {
            fill(2 * width, 0, y);
            fill_index(width, -1, argmax);
        }
        if (argmax)
            argmax += width;
    }
}

OFFRAMP_INLINE void mean_max_text_gradient(
    long width, int32_t start, int32_t end, const float *dy, const int32_t *argmax, float *dx)
{
    float scale = 1.0f / (end - start);
    for (long row = start; row < end; row++)
        for (long c = 0; c < width; c++)
            dx[row * width + c] = dy[c] * scale;
    for (long c = 0; c < width; c++)
        dx[argmax[c] * width + c] += dy[width + c];
}

OFFRAMP_CLONES void offramp_mean_max_gradient(
    long texts, long width, const int32_t *starts, const float *dy, const int32_t *argmax,
    float *dx)
{
    for (long text = 0; text < texts; text++, dy += 2 * width, argmax += width)
        if (starts[text] < starts[text + 1])
            mean_max_text_gradient(width, starts[text], starts[text + 1], dy, argmax, dx);
}
