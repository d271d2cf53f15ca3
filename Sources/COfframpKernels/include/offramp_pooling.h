#ifndef OFFRAMP_POOLING_H
#define OFFRAMP_POOLING_H

#include <stdint.h>

// Mean and maximum over the rows of each text of x [tokens, width]; text i owns the rows
// [starts[i], starts[i + 1]). y [texts, 2 * width] holds the mean, then the maximum; an empty text
// gives zeros. argmax is NULL, or [texts, width] and receives the row of x that held the maximum
// (the first of equals; -1 in an empty text).
void offramp_mean_max(
    long texts, long width, const int32_t *starts, const float *x, float *y, int32_t *argmax);

// dx [tokens, width] from dy [texts, 2 * width]: all rows of all texts are overwritten.
void offramp_mean_max_gradient(
    long texts, long width, const int32_t *starts, const float *dy, const int32_t *argmax,
    float *dx);

#endif
