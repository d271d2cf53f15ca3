#include "bfloat16.h"
#include "bfloat16_tile.h"
#include "finish.h"
#include "offramp_linear_bfloat16.h"
#include "panels.h"

static long pair_count(long inputs) { return round_up_to(PAIR, inputs) / PAIR; }

size_t offramp_linear_bfloat16_packed_count(long outputs, long inputs)
{
    return (size_t)round_up_to(PANEL, outputs) * pair_count(inputs) * PAIR;
}

static void pack_pair(long count, const float *weight, uint16_t *packed)
{
    for (long i = 0; i < PAIR; i++)
        packed[i] = i < count ? bfloat16_of(weight[i]) : 0;
}

void offramp_linear_bfloat16_pack(
    long outputs, long inputs, const float *weight, uint16_t *packed)
{
    for (long first = 0; first < outputs; first += PANEL)
        for (long k = 0; k < inputs; k += PAIR)
            for (long o = first; o < first + PANEL; o++, packed += PAIR)
                pack_pair(
                    o < outputs ? smaller(PAIR, inputs - k) : 0, weight + o * inputs + k, packed);
}

typedef struct {
    long tile_rows;
    bfloat16_tile_function *tile;
    finish_function *finish;
} bfloat16_kernel;

static bfloat16_kernel kernel_for(offramp_path path)
{
#if OFFRAMP_X86
    if (path >= OFFRAMP_PATH_AVX512_BF16)
        return (bfloat16_kernel){14, bfloat16_tile_avx512_bf16, finish_avx512};
    if (path >= OFFRAMP_PATH_AVX512)
        return (bfloat16_kernel){12, bfloat16_tile_avx512, finish_avx512};
    if (path >= OFFRAMP_PATH_AVX2)
        return (bfloat16_kernel){4, bfloat16_tile_avx2, finish_avx2};
#endif
    return (bfloat16_kernel){4, bfloat16_tile_plain, finish_plain};
}

// All rows against one panel, which stays in the nearest cache.
static void multiply_panel(
    bfloat16_kernel kernel, offramp_activation activation, long rows, long columns, long inputs,
    const uint16_t *x, const uint16_t *panel, const float *bias, float *y, long y_stride)
{
    _Alignas(64) float sums[MOST_TILE_ROWS * PANEL];
    long stride = offramp_bfloat16_stride(inputs);
    while (rows > 0) {
        long count = next_tile_rows(rows, kernel.tile_rows);
        prefetch_for_writing(count, y, y_stride);
        kernel.tile(count, pair_count(inputs), x, stride, panel, sums);
        kernel.finish(activation, count, columns, sums, bias, y, y_stride);
        rows -= count;
        x += count * stride;
        y += count * y_stride;
    }
}

static const float no_bias[PANEL];

void offramp_linear_bfloat16(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    const uint16_t *x, const uint16_t *packed, const float *bias, float *y)
{
    bfloat16_kernel kernel = kernel_for(path);
    long panel_size = PANEL * pair_count(inputs) * PAIR;
    for (long first = 0; first < outputs; first += PANEL, packed += panel_size)
        multiply_panel(
            kernel, activation, rows, smaller(PANEL, outputs - first), inputs, x, packed,
            bias ? bias + first : no_bias, y + first, outputs);
}
