#include "offramp_feed_forward_int8.h"
#include "offramp_layer_norm.h"
#include "offramp_quantize.h"
#include "products/panels.h"

// Four tiles of rows: at 1536 inner values a block takes 430 KB.
#define BLOCK_ROWS 56

// Floats and codes are wide enough for both sides of either product.
typedef struct {
    float *floats;
    float *scales;
    int32_t *sums;
    int8_t *codes;
} block;

static long widest(long width, long inner) { return width > inner ? width : inner; }

size_t offramp_feed_forward_int8_scratch(long width, long inner)
{
    long most = widest(width, inner);
    return BLOCK_ROWS
        * (most * sizeof(float) + sizeof(float) + sizeof(int32_t) + offramp_code_stride(most));
}

static block block_in(void *scratch, long width, long inner)
{
    block b;
    b.floats = scratch;
    b.scales = b.floats + BLOCK_ROWS * widest(width, inner);
    b.sums = (int32_t *)(b.scales + BLOCK_ROWS);
    b.codes = (int8_t *)(b.sums + BLOCK_ROWS);
    return b;
}

// floats [rows, outputs] = activation(weights x) for x [rows, inputs], which may be floats itself.
static void apply(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    const float *x, offramp_int8_weights weights, block b)
{
    offramp_quantize_rows(path, rows, inputs, x, b.codes, b.scales, b.sums);
    offramp_linear_int8(
        path, activation, rows, outputs, inputs,
        (offramp_quantized_rows){b.codes, b.scales, b.sums}, weights.packed, weights.scales,
        weights.bias, b.floats);
}

void offramp_feed_forward_int8(
    offramp_path path, offramp_activation activation, long rows, long width, long inner,
    const float *x, offramp_int8_weights up, offramp_int8_weights down, offramp_norm norm,
    float *y, void *scratch)
{
    block b = block_in(scratch, width, inner);
    for (; rows > 0; rows -= BLOCK_ROWS, x += BLOCK_ROWS * width, y += BLOCK_ROWS * width) {
        long count = smaller(BLOCK_ROWS, rows);
        apply(path, activation, count, inner, width, x, up, b);
        apply(path, OFFRAMP_IDENTITY, count, width, inner, b.floats, down, b);
        offramp_add_layer_norm(
            count, width, b.floats, x, norm.weight, norm.bias, norm.epsilon, y);
    }
}
