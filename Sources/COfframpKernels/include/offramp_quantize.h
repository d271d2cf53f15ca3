#ifndef OFFRAMP_QUANTIZE_H
#define OFFRAMP_QUANTIZE_H

#include <stdint.h>

#include "offramp_path.h"

// The distance between rows of codes: width rounded up to 64, filled with zeros.
long offramp_code_stride(long width);

// codes [rows, offramp_code_stride(width)] = round(x [rows, width] / scale), -127 to 127, with one
// scale [rows] = max|x| / 127 for each row; sums [rows] are the sums of its codes. A row whose
// magnitudes are all below 1e-36 gets zeros; so does a row that is not finite, and its scale
// is not finite either.
void offramp_quantize_rows(
    offramp_path path, long rows, long width, const float *x, int8_t *codes, float *scales,
    int32_t *sums);

#endif
