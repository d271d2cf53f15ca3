#ifndef OFFRAMP_DEQUANTIZE_H
#define OFFRAMP_DEQUANTIZE_H

#include "products/int8_tile.h"
#include "products/tile.h"

// x * Phi(x) by one polynomial; absolute error below 2e-4, a hundredth of a step of 8 bits.
OFFRAMP_INLINE void lanes_gelu_coarse(float_lanes *x)
{
    float_lanes c = *x < -4.0f ? (float_lanes)-4.0f : *x;
    c = c > 4.0f ? (float_lanes)4.0f : c;
    float_lanes z = c * c;
    float_lanes p = z * 2.25881592e-8f - 1.58882444e-6f;
    p = p * z + 4.77638291e-5f;
    p = p * z - 0.00081218687f;
    p = p * z + 0.00876368781f;
    p = p * z - 0.0645544045f;
    p = p * z + 0.39787026f;
    *x *= p * c + 0.5f;
}

// y [rows, PANEL] at a stride from sums [rows, PANEL], to each of which `start` is added.
OFFRAMP_INLINE void dequantize_tile(
    bool gelu, long rows, int32_t start, const int32_t *sums, const dequantization *by, float *y,
    long stride)
{
    float_lanes scales[2] = {
        *(const float_lanes *)by->scales, *(const float_lanes *)(by->scales + LANES)};
    float_lanes bias[2] = {
        *(const float_lanes *)by->bias, *(const float_lanes *)(by->bias + LANES)};
    OFFRAMP_UNROLL for (long r = 0; r < rows; r++)
        OFFRAMP_UNROLL for (long v = 0; v < 2; v++) {
            int_lanes sum = *(const int_lanes *)(sums + r * PANEL + v * LANES) + start;
            float_lanes value = __builtin_convertvector(sum, float_lanes) * by->row_scales[r];
            value = value * scales[v] + bias[v];
            if (gelu)
                lanes_gelu_coarse(&value);
            *(float_lanes *)(y + r * stride + v * LANES) = value;
        }
}

#endif
