// The functions of OpenBLAS that training needs, found when they are first wanted: a program that
// only classifies starts without the library.
#ifndef OPENBLAS_H
#define OPENBLAS_H

#include <cblas.h>

typedef struct {
    void (*set_num_threads)(int);
    __typeof__(&cblas_sgemm) sgemm;
    __typeof__(&cblas_ssyrk) ssyrk;
    // LAPACK, as Fortran calls it: every argument by address, matrices by columns.
    void (*spotrf)(const char *triangle, const int *order, float *matrix, const int *stride,
                   int *status);
    void (*spotrs)(const char *triangle, const int *order, const int *columns, const float *factor,
                   const int *factorStride, float *values, const int *valueStride, int *status);
} openblas_functions;

// Returns NULL, or a text that says why the library or one of its functions is not there; the text
// is valid until the thread's next call.
const char *openblas_load(openblas_functions *functions);

#endif
