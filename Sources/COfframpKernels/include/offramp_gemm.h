#ifndef OFFRAMP_GEMM_H
#define OFFRAMP_GEMM_H

#include <stdbool.h>

#include "offramp_factors.h"
#include "offramp_path.h"

// One product of a sum: op(a) [m, depth] op(b) [depth, n], row-major at leading dimensions lda, ldb.
typedef struct {
    const float *a;
    long lda;
    const float *b;
    long ldb;
    long depth;
} offramp_gemm_term;

// c [m, n] = the sum of all terms, row-major at the leading dimension ldc. op(a) is a, or its
// transpose where a is stored as [depth, m]; b likewise. c must not overlap a or b. An entry of c is
// the same to the bit for any m and n. Takes 540 KB of stack.
void offramp_gemm(
    offramp_factors factors, bool transpose_a, bool transpose_b, long m, long n, long count,
    const offramp_gemm_term *terms, float *c, long ldc);

// The same with a path of the caller's choice, which the processor must support.
void offramp_gemm_on_path(
    offramp_path path, offramp_factors factors, bool transpose_a, bool transpose_b, long m, long n,
    long count, const offramp_gemm_term *terms, float *c, long ldc);

// The bytes of op(b) [depth, n] packed.
long offramp_gemm_packed_bytes(offramp_factors factors, long n, long depth);

// Brings op(b) [depth, n] into the form that products read, once for many of them.
void offramp_gemm_pack(
    offramp_path path, offramp_factors factors, bool transpose_b, long n, long depth,
    const float *b, long ldb, void *packed);

// c [m, n] = a [m, depth] op(b), packed before with the same path and factors and aligned to 64
// bytes: to the bit what offramp_gemm_on_path gives.
void offramp_gemm_packed(
    offramp_path path, offramp_factors factors, long m, long n, long depth, const float *a,
    long lda, const void *packed, float *c, long ldc);

#endif
