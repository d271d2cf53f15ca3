#include <math.h>

#include "clones.h"
#include "offramp_softmax.h"

OFFRAMP_INLINE float row_maximum(long width, const float *x)
{
    float maximum = -INFINITY;
    for (long c = 0; c < width; c++)
        maximum = x[c] > maximum ? x[c] : maximum;
    return maximum;
}

OFFRAMP_CLONES void offramp_softmax(long rows, long width, const float *x, float *y)
{
    OFFRAMP_SUM_IN_LANES
    for (long row = 0; row < rows; row++, x += width, y += width) {
        float maximum = row_maximum(width, x), sum = 0;
        for (long c = 0; c < width; c++) {
            y[c] = expf(x[c] - maximum);
            sum += y[c];
        }
        float scale = 1 / sum;
        for (long c = 0; c < width; c++)
            y[c] *= scale;
    }
}

OFFRAMP_CLONES void offramp_log_softmax(long rows, long width, const float *x, float *y)
{
    OFFRAMP_SUM_IN_LANES
    for (long row = 0; row < rows; row++, x += width, y += width) {
        float maximum = row_maximum(width, x), sum = 0;
        for (long c = 0; c < width; c++)
            sum += expf(x[c] - maximum);
        float logarithm = logf(sum);
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] = x[c] - maximum - logarithm;
    }
}
