#ifndef OFFRAMP_GEMM_H
#define OFFRAMP_GEMM_H

#include <stdbool.h>
#include <stddef.h>

#include "offramp_path.h"
#include "offramp_product_format.h"

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
    offramp_path path, offramp_product_format format, bool transpose_a, bool transpose_b, long m,
    long n, long count, const offramp_gemm_term *terms, float *c, long ldc);

// The bytes of op(b) [depth, n] packed.
size_t offramp_gemm_packed_bytes(offramp_product_format format, long n, long depth);

// Brings op(b) [depth, n] into the form that products read, once for many of them.
void offramp_gemm_pack(
    offramp_path path, offramp_product_format format, bool transpose_b, long n, long depth,
    const float *b, long ldb, void *packed);

// c [m, n] = a [m, depth] op(b), packed before with the same path and format and aligned to 64
// bytes: the same bits as offramp_gemm. Takes as much stack.
void offramp_gemm_packed(
    offramp_path path, offramp_product_format format, long m, long n, long depth, const float *a,
    long lda, const void *packed, float *c, long ldc);

#endif
