#ifndef OFFRAMP_GEMM_H
#define OFFRAMP_GEMM_H

#include <stdbool.h>

#include "offramp_factors.h"
#include "offramp_path.h"

// c [m, n] = op(a) [m, k] op(b) [k, n], or added to c; all row-major at leading dimensions lda, ldb
// and ldc. op(a) is a, or its transpose where a is stored as [k, m]; b likewise. c must not overlap
// a or b. An entry of c is the same to the bit for any m and n. Takes 540 KB of stack.
void offramp_gemm(
    offramp_factors factors, bool transpose_a, bool transpose_b, long m, long n, long k,
    const float *a, long lda, const float *b, long ldb, bool accumulate, float *c, long ldc);

// The same with a path of the caller's choice, which the processor must support.
void offramp_gemm_on_path(
    offramp_path path, offramp_factors factors, bool transpose_a, bool transpose_b, long m, long n,
    long k, const float *a, long lda, const float *b, long ldb, bool accumulate, float *c, long ldc);

#endif
