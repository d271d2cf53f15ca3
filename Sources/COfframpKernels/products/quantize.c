#include <float.h>
#include <stdbool.h>

#include "offramp_quantize.h"
#include "processor/vector_math.h"
#include "products/kernels.h"

#define MOST_CODE 127.0f
#define LEAST_MAGNITUDE 1e-36f

// Rows lie whole cache lines apart.
#define CODE_MULTIPLE 64

long offramp_code_stride(long width) { return round_up(width, CODE_MULTIPLE); }

// Compared as integers, so that NaN counts as the largest.
OFFRAMP_INLINE float largest_magnitude(long width, const float *x)
{
    unsigned largest = 0;
    for (long c = 0; c < width; c++) {
        unsigned bits = lane_bits_of_float(x[c]) & 0x7fffffff;
        largest = bits > largest ? bits : largest;
    }
    return lane_float_of_bits(largest);
}

// Adding 1.5 * 2^23 leaves the nearest integer in the low bits of the float.
OFFRAMP_INLINE int32_t quantize_row(long width, float inverse, const float *x, int8_t *codes)
{
    const float round = 12582912.0f;
    unsigned sum = 0;
    for (long c = 0; c < width; c++) {
        unsigned code = lane_bits_of_float(x[c] * inverse + round) - lane_bits_of_float(round);
        codes[c] = (int8_t)code;
        sum += code;
    }
    return (int32_t)sum;
}

OFFRAMP_INLINE void quantize_rows(
    long rows, long width, const float *x, int8_t *codes, float *scales, int32_t *sums)
{
    long stride = round_up(width, CODE_MULTIPLE);
    for (long row = 0; row < rows; row++, x += width, codes += stride) {
        float largest = largest_magnitude(width, x);
        bool has_codes = largest >= LEAST_MAGNITUDE && largest <= FLT_MAX;
        scales[row] = largest < LEAST_MAGNITUDE ? 0 : largest / MOST_CODE;
        sums[row] = has_codes ? quantize_row(width, MOST_CODE / largest, x, codes) : 0;
        for (long c = has_codes ? width : 0; c < stride; c++)
            codes[c] = 0;
    }
}

#define QUANTIZE(path, target) \
    target void quantize_##path( \
        long rows, long width, const float *x, int8_t *codes, float *scales, int32_t *sums) \
    { \
        quantize_rows(rows, width, x, codes, scales, sums); \
    }

QUANTIZE(plain, )

#if OFFRAMP_X86
QUANTIZE(avx2, OFFRAMP_AVX2)
QUANTIZE(avx512, OFFRAMP_AVX512)
#endif

void offramp_quantize_rows(
    offramp_path path, long rows, long width, const float *x, int8_t *codes, float *scales,
    int32_t *sums)
{
    kernels_of(path)->quantize(rows, width, x, codes, scales, sums);
}
