#include "offramp_arithmetic.h"
#include "processor/compiling.h"

OFFRAMP_CLONES void offramp_add(long count, const float *a, const float *b, float *y)
{
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        y[i] = a[i] + b[i];
}

OFFRAMP_CLONES void offramp_scale(long count, float factor, const float *x, float *y)
{
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        y[i] = factor * x[i];
}

OFFRAMP_CLONES void offramp_add_scaled(long count, float factor, const float *x, float *y)
{
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        y[i] += factor * x[i];
}

OFFRAMP_CLONES void offramp_add_rows(long rows, long width, const float *bias, float *y)
{
    for (long row = 0; row < rows; row++, y += width) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] += bias[c];
    }
}

OFFRAMP_CLONES void offramp_sum_rows(long rows, long width, const float *x, float *y)
{
    for (long row = 0; row < rows; row++, x += width) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] += x[c];
    }
}

OFFRAMP_CLONES double offramp_sum_of_squares(long count, const float *x)
{
    OFFRAMP_SUM_IN_LANES
    double sum = 0;
    for (long i = 0; i < count; i++)
        sum += (double)x[i] * x[i];
    return sum;
}
