#include "offramp_linear_int8.h"
#include "offramp_quantize.h"
#include "products/kernels.h"
#include "products/step_product.h"

static long group_count(long inputs) { return round_up(inputs, GROUP) / GROUP; }

// The weights of a panel, and their negative sums.
static long panel_bytes(long groups)
{
    return PANEL * (groups * GROUP + (long)sizeof(int32_t));
}

size_t offramp_linear_int8_packed_bytes(long outputs, long inputs)
{
    return (size_t)(round_up(outputs, PANEL) / PANEL) * panel_bytes(group_count(inputs));
}

// Returns what the negative ones add up to, without their sign.
static int32_t pack_group(long count, const int8_t *weight, uint8_t *packed)
{
    int32_t sum = 0;
    for (long i = 0; i < GROUP; i++) {
        int code = i < count ? weight[i] : 0;
        packed[i] = (uint8_t)(code + 128);
        sum += code < 0 ? -code : 0;
    }
    return sum;
}

void offramp_linear_int8_pack(
    long outputs, long inputs, const int8_t *weight, uint8_t *packed)
{
    for (long first = 0; first < outputs; first += PANEL) {
        int32_t negative[PANEL] = {0};
        for (long k = 0; k < inputs; k += GROUP)
            for (long o = first; o < first + PANEL; o++, packed += GROUP)
                negative[o - first] += pack_group(
                    o < outputs ? smaller(GROUP, inputs - k) : 0, weight + o * inputs + k, packed);
        memcpy(packed, negative, sizeof negative);
        packed += sizeof negative;
    }
}

// A product of all rows, done panel by panel, each of which stays in the nearest cache.
typedef struct {
    int8_kernel kernel;
    offramp_activation activation;
    long rows, groups;
    code_rows x;
    float *y;
    long stride;
} int8_product;

// Applies what the tiles do not: they know GELU alone.
static void activate(
    offramp_activation activation, long rows, long columns, float *y, long stride)
{
    if (activation != OFFRAMP_IDENTITY && activation != OFFRAMP_GELU)
        for (long r = 0; r < rows; r++)
            offramp_activate(activation, columns, y + r * stride, y + r * stride);
}

// p.y [rows, columns] at its stride, columns <= PANEL.
static void finish_panel(
    int8_product p, long columns, const uint8_t *panel, dequantization by)
{
    float edge[EDGE_SIZE];
    bool gelu = p.activation == OFFRAMP_GELU, whole = columns == PANEL;
    while (p.rows > 0) {
        long count = next_tile_rows(p.rows, p.kernel.tile_rows);
        prefetch_for_writing(count, p.y, p.stride);
        p.kernel.tile(
            gelu, count, p.groups, p.x, panel, &by, whole ? p.y : edge, whole ? p.stride : PANEL);
        if (!whole)
            copy_rows(count, columns, edge, PANEL, p.y, p.stride);
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
    int8_product p = {
        .kernel = kernels_of(path)->int8, .activation = activation, .rows = rows,
        .groups = groups, .x = {x.codes, offramp_code_stride(inputs), x.sums},
        .stride = outputs};
    panel_values values;
    for (long first = 0; first < outputs; first += PANEL, packed += panel_bytes(groups)) {
        long columns = smaller(PANEL, outputs - first);
        copy_values(columns, scales + first, bias ? bias + first : NULL, &values);
        p.y = y + first;
        finish_panel(p, columns, packed, (dequantization){x.scales, values.scales, values.bias});
    }
}
