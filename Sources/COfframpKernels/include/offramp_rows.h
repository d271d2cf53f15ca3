#ifndef OFFRAMP_ROWS_H
#define OFFRAMP_ROWS_H

#include <stdint.h>

// y[r] += x[indices[r]], y [rows, width]. Indices must lie inside the table.
void offramp_gather_add_rows(
    long rows, long width, const int32_t *indices, const float *x, float *y);

// y[r] = x[indices[r]], y [rows, width]. If the indices increase, y may be x (compaction).
void offramp_gather_rows(
    long rows, long width, const int32_t *indices, const float *x, float *y);

// dx[indices[r]] += dy[r], in the order of r, dy [rows, width]
void offramp_scatter_add_rows(
    long rows, long width, const int32_t *indices, const float *dy, float *dx);

// y[r] += codes[indices[r]] * scales[indices[r]], y [rows, width]: rows of a quantised table, each
// with a scale of its own
void offramp_add_int8_rows(
    long rows, long width, const int32_t *indices, const int8_t *codes, const float *scales,
    float *y);

#endif
