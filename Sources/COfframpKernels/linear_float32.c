#include "finish.h"
#include "float_tile.h"
#include "offramp_linear_float32.h"
#include "panels.h"

size_t offramp_linear_float32_packed_count(long outputs, long inputs)
{
    return (size_t)round_up_to(PANEL, outputs) * inputs;
}

void offramp_linear_float32_pack(long outputs, long inputs, const float *weight, float *packed)
{
    for (long first = 0; first < outputs; first += PANEL)
        for (long k = 0; k < inputs; k++, packed += PANEL)
            for (long o = 0; o < PANEL; o++)
                packed[o] = first + o < outputs ? weight[(first + o) * inputs + k] : 0;
}

typedef struct {
    long tile_rows;
    float_tile_function *tile;
    finish_function *finish;
} float_kernel;

static float_kernel kernel_for(offramp_path path)
{
#if OFFRAMP_X86
    if (path >= OFFRAMP_PATH_AVX512)
        return (float_kernel){14, float_tile_avx512, finish_avx512};
    if (path >= OFFRAMP_PATH_AVX2)
        return (float_kernel){6, float_tile_avx2, finish_avx2};
#endif
    return (float_kernel){2, float_tile_plain, finish_plain};
}

static const float no_bias[PANEL];

// All rows against one panel, which stays in the nearest cache.
static void multiply_panel(
    float_kernel kernel, offramp_activation activation, long rows, long columns, long inputs,
    const float *x, const float *panel, const float *bias, float *y, long stride)
{
    _Alignas(64) float sums[MOST_TILE_ROWS * PANEL];
    while (rows > 0) {
        long count = next_tile_rows(rows, kernel.tile_rows);
        float_view view = {x, inputs, 1};
        kernel.tile(count, inputs, view, panel, sums, false);
        kernel.finish(activation, count, columns, sums, bias, y, stride);
        rows -= count;
        x += count * inputs;
        y += count * stride;
    }
}

void offramp_linear_float32(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    const float *x, const float *packed, const float *bias, float *y)
{
    float_kernel kernel = kernel_for(path);
    for (long first = 0; first < outputs; first += PANEL, packed += PANEL * inputs)
        multiply_panel(
            kernel, activation, rows, smaller(PANEL, outputs - first), inputs, x, packed,
            bias ? bias + first : no_bias, y + first, outputs);
}
