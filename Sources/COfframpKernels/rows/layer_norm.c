#include "offramp_layer_norm.h"
#include "processor/compiling.h"

// The variance is summed about the mean: E[x^2] - mean^2 cancels when the mean is large.
OFFRAMP_INLINE void row_statistics(
    long width, const float *x, float epsilon, float *mean, float *inverse)
{
    OFFRAMP_SUM_IN_LANES
    float sum = 0, squares = 0;
    for (long c = 0; c < width; c++)
        sum += x[c];
    float m = sum / width;
    for (long c = 0; c < width; c++)
        squares += (x[c] - m) * (x[c] - m);
    *mean = m;
    *inverse = 1 / __builtin_elementwise_sqrt(squares / width + epsilon);
}

OFFRAMP_INLINE void normalize_row(
    long width, const float *x, const float *weight, const float *bias, float mean, float inverse,
    float *y)
{
    OFFRAMP_INDEPENDENT
    for (long c = 0; c < width; c++)
        y[c] = (x[c] - mean) * inverse * weight[c] + bias[c];
}

OFFRAMP_CLONES void offramp_layer_norm(
    long rows, long width, const float *x, const float *weight, const float *bias, float epsilon,
    float *y, float *statistics)
{
    for (long row = 0; row < rows; row++, x += width, y += width) {
        float mean, inverse;
        row_statistics(width, x, epsilon, &mean, &inverse);
        normalize_row(width, x, weight, bias, mean, inverse, y);
        if (statistics) {
            statistics[2 * row] = mean;
            statistics[2 * row + 1] = inverse;
        }
    }
}

OFFRAMP_CLONES void offramp_add_layer_norm(
    long rows, long width, const float *x, const float *residual, const float *weight,
    const float *bias, float epsilon, float *y)
{
    for (long row = 0; row < rows; row++, x += width, residual += width, y += width) {
        float mean, inverse;
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] = x[c] + residual[c];
        row_statistics(width, y, epsilon, &mean, &inverse);
        normalize_row(width, y, weight, bias, mean, inverse, y);
    }
}

// With n = (x - mean) / deviation and g = dy * weight:
// dx = (g - mean(g) - n * mean(g * n)) / deviation, dweight += dy * n, dbias += dy.
OFFRAMP_INLINE void row_gradient(
    long width, const float *dy, const float *x, const float *weight, float mean, float inverse,
    float *dx, float *dweight, float *dbias)
{
    OFFRAMP_SUM_IN_LANES
    float sum = 0, product = 0;
    OFFRAMP_INDEPENDENT
    for (long c = 0; c < width; c++) {
        float n = (x[c] - mean) * inverse, g = dy[c] * weight[c];
        sum += g;
        product += g * n;
        dweight[c] += dy[c] * n;
        dbias[c] += dy[c];
    }
    sum /= width;
    product /= width;
    OFFRAMP_INDEPENDENT
    for (long c = 0; c < width; c++)
        dx[c] = (dy[c] * weight[c] - sum - (x[c] - mean) * inverse * product) * inverse;
}

OFFRAMP_CLONES void offramp_layer_norm_gradient(
    long rows, long width, const float *dy, const float *x, const float *weight,
    const float *statistics, float *dx, float *dweight, float *dbias)
{
    for (long row = 0; row < rows; row++, dy += width, x += width, dx += width)
        row_gradient(
            width, dy, x, weight, statistics[2 * row], statistics[2 * row + 1], dx, dweight,
            dbias);
}
