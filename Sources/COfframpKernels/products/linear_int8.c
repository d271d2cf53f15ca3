#include <string.h>

#include "offramp_activation.h"
#include "offramp_linear_int8.h"
#include "offramp_quantize.h"
#include "products/int8_tile.h"
#include "products/panels.h"

static long group_count(long inputs) { return round_up(inputs, GROUP) / GROUP; }

size_t offramp_linear_int8_packed_size(long outputs, long inputs)
{
    return (size_t)round_up(outputs, PANEL) * group_count(inputs) * GROUP;
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
} int8_kernel;

static int8_kernel kernel_for(offramp_path path)
{
#if OFFRAMP_X86
    if (path >= OFFRAMP_PATH_AVX512_VNNI)
        return (int8_kernel){14, int8_tile_avx512_vnni};
    if (path == OFFRAMP_PATH_AVX_VNNI)
        return (int8_kernel){6, int8_tile_avx_vnni};
    if (path >= OFFRAMP_PATH_AVX2)
        return (int8_kernel){4, int8_tile_avx2};
#endif
    return (int8_kernel){1, int8_tile_plain};
}

// A product of all rows, done panel by panel, each of which stays in the nearest cache.
typedef struct {
    int8_kernel kernel;
    offramp_activation activation;
    long rows, groups;
    code_rows x;
    float *y;
    long stride;
} product;

static void copy_edge(long rows, long columns, const float *edge, float *y, long stride)
{
    for (long r = 0; r < rows; r++)
        memcpy(y + r * stride, edge + r * PANEL, columns * sizeof(float));
}

// What the tiles cannot do by themselves.
static void activate(
    offramp_activation activation, long rows, long columns, float *y, long stride)
{
    if (activation != OFFRAMP_IDENTITY && activation != OFFRAMP_GELU)
        for (long r = 0; r < rows; r++)
            offramp_activate(activation, columns, y + r * stride, y + r * stride);
}

// p.y [rows, columns] at its stride, columns <= PANEL.
static void multiply_panel(
    product p, const uint8_t *panel, dequantization by, long columns)
{
    float edge[MOST_TILE_ROWS * PANEL];
    bool gelu = p.activation == OFFRAMP_GELU, whole = columns == PANEL;
    while (p.rows > 0) {
        long count = next_tile_rows(p.rows, p.kernel.tile_rows);
        prefetch_for_writing(count, p.y, p.stride);
        p.kernel.tile(
            gelu, count, p.groups, p.x, panel, &by, whole ? p.y : edge, whole ? p.stride : PANEL);
        if (!whole)
            copy_edge(count, columns, edge, p.y, p.stride);
        activate(p.activation, count, columns, p.y, p.stride);
        p.rows -= count;
        p.x.codes += count * p.x.stride;
        p.x.sums += count;
        by.row_scales += count;
        p.y += count * p.stride;
    }
}

// The scales and the bias of one panel, padded where it is not whole.
typedef struct {
    float scales[PANEL], bias[PANEL];
} panel_values;

static void copy_values(
    long columns, const float *scales, const float *bias, panel_values *values)
{
    *values = (panel_values){0};
    memcpy(values->scales, scales, columns * sizeof(float));
    if (bias)
        memcpy(values->bias, bias, columns * sizeof(float));
}

void offramp_linear_int8(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    offramp_quantized_rows x, const uint8_t *packed, const float *scales, const float *bias,
    float *y)
{
    long groups = group_count(inputs);
    product p = {kernel_for(path), activation, rows, groups, {0}, y, outputs};
    p.x = (code_rows){x.codes, offramp_code_stride(inputs), x.sums};
    panel_values values;
    for (long first = 0; first < outputs; first += PANEL, packed += PANEL * groups * GROUP) {
        long columns = smaller(PANEL, outputs - first);
        copy_values(columns, scales + first, bias ? bias + first : NULL, &values);
        p.y = y + first;
        multiply_panel(p, packed, (dequantization){x.scales, values.scales, values.bias}, columns);
    }
}
