#include "dequantize.h"
#include "int8_tile.h"
#include "offramp_linear_int8.h"
#include "offramp_quantize.h"
#include "panels.h"

static long group_count(long inputs) { return round_up_to(GROUP, inputs) / GROUP; }

size_t offramp_linear_int8_packed_size(long outputs, long inputs)
{
    return (size_t)round_up_to(PANEL, outputs) * group_count(inputs) * GROUP;
}

static void pack_group(long count, const int8_t *weight, uint8_t *packed)
{
    for (long i = 0; i < GROUP; i++)
        packed[i] = i < count ? (uint8_t)(weight[i] + 128) : 128;
}

void offramp_linear_int8_pack(
    long outputs, long inputs, const int8_t *weight, uint8_t *packed)
{
    for (long first = 0; first < outputs; first += PANEL)
        for (long k = 0; k < inputs; k += GROUP)
            for (long o = first; o < first + PANEL; o++, packed += GROUP)
                pack_group(
                    o < outputs ? smaller(GROUP, inputs - k) : 0, weight + o * inputs + k, packed);
}

typedef struct {
    long tile_rows;
    int8_tile_function *tile;
    dequantize_function *dequantize;
} int8_kernel;

static int8_kernel kernel_for(offramp_path path)
{
#if OFFRAMP_X86
    if (path >= OFFRAMP_PATH_AVX512_VNNI)
        return (int8_kernel){14, int8_tile_avx512_vnni, dequantize_avx512};
    if (path == OFFRAMP_PATH_AVX512)
        return (int8_kernel){4, int8_tile_avx2, dequantize_avx512};
    if (path == OFFRAMP_PATH_AVX_VNNI)
        return (int8_kernel){6, int8_tile_avx_vnni, dequantize_avx2};
    if (path == OFFRAMP_PATH_AVX2)
        return (int8_kernel){4, int8_tile_avx2, dequantize_avx2};
#endif
    return (int8_kernel){4, int8_tile_plain, dequantize_plain};
}

// All rows against one panel, which stays in the nearest cache.
static void multiply_panel(
    int8_kernel kernel, offramp_activation activation, long rows, long columns, long groups,
    code_rows x, const uint8_t *panel, dequantization by, float *y, long stride)
{
    _Alignas(64) int32_t sums[MOST_TILE_ROWS * PANEL];
    while (rows > 0) {
        long count = next_tile_rows(rows, kernel.tile_rows);
        prefetch_for_writing(count, y, stride);
        kernel.tile(count, groups, x, panel, sums);
        kernel.dequantize(activation, count, columns, sums, by, y, stride);
        rows -= count;
        x.codes += count * x.stride;
        x.sums += count;
        by.row_scales += count;
        y += count * stride;
    }
}

static const float no_bias[PANEL];

void offramp_linear_int8(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    offramp_quantized_rows x, const uint8_t *packed, const float *scales, const float *bias,
    float *y)
{
    int8_kernel kernel = kernel_for(path);
    code_rows codes = {x.codes, offramp_code_stride(inputs), x.sums};
    long groups = group_count(inputs);
    for (long first = 0; first < outputs; first += PANEL, packed += PANEL * groups * GROUP) {
        dequantization by = {x.scales, scales + first, bias ? bias + first : no_bias};
        multiply_panel(
            kernel, activation, rows, smaller(PANEL, outputs - first), groups, codes, packed, by,
            y + first, outputs);
    }
}
