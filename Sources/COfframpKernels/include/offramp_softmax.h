#ifndef OFFRAMP_SOFTMAX_H
#define OFFRAMP_SOFTMAX_H

// Over each row of x [rows, width], the row's maximum subtracted first, so that no finite input
// overflows. An entry of -inf has probability 0; a row of nothing else gives NaN. y may be x.
void offramp_softmax(long rows, long width, const float *x, float *y);

// log(softmax(x)), exact where the softmax itself would round to 0. y may be x.
void offramp_log_softmax(long rows, long width, const float *x, float *y);

#endif
