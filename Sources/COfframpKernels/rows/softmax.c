#include <math.h>

#include "offramp_softmax.h"
#include "processor/lanes.h"
#include "processor/vector_math.h"

OFFRAMP_INLINE float largest(long count, const float *x)
{
    if (count < LANES) {
        float best = x[0];
        for (long i = 1; i < count; i++)
            best = best > x[i] ? best : x[i];
        return best;
    }
    float_lanes best = *(const float_lanes *)(x + count - LANES);
    for (long i = 0; i + LANES <= count; i += LANES)
        lanes_maximum(&best, (const float_lanes *)(x + i));
    return lane_maximum(&best);
}

OFFRAMP_INLINE float row_sum(long width, const float *x)
{
    OFFRAMP_SUM_IN_LANES
    float sum = 0;
    for (long c = 0; c < width; c++)
        sum += x[c];
    return sum;
}

OFFRAMP_CLONES void offramp_softmax(long rows, long width, const float *x, float *y)
{
    for (long row = 0; row < rows && width > 0; row++, x += width, y += width) {
        float maximum = largest(width, x);
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] = lane_exp(x[c] - maximum);
        float scale = 1 / row_sum(width, y);
        for (long c = 0; c < width; c++)
            y[c] *= scale;
    }
}

OFFRAMP_CLONES void offramp_log_softmax(long rows, long width, const float *x, float *y)
{
    OFFRAMP_SUM_IN_LANES
    for (long row = 0; row < rows && width > 0; row++, x += width, y += width) {
        float maximum = largest(width, x), sum = 0;
        for (long c = 0; c < width; c++)
            sum += lane_exp(x[c] - maximum);
        float logarithm = logf(sum);
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < width; c++)
            y[c] = x[c] - maximum - logarithm;
    }
}
