#ifndef OFFRAMP_ARITHMETIC_H
#define OFFRAMP_ARITHMETIC_H

// y = a + b. y may be a or b.
void offramp_add(long count, const float *a, const float *b, float *y);

// y = factor * x. y may be x.
void offramp_scale(long count, float factor, const float *x, float *y);

// y += factor * x
void offramp_add_scaled(long count, float factor, const float *x, float *y);

// y[r] += bias for each row of y [rows, width]
void offramp_add_rows(long rows, long width, const float *bias, float *y);

// y [width] += the sum of the rows of x [rows, width]
void offramp_sum_rows(long rows, long width, const float *x, float *y);

// The sum of x^2, in double: gradients of many millions of entries are summed for clipping.
double offramp_sum_of_squares(long count, const float *x);

#endif
