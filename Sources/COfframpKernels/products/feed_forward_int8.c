#include "offramp_feed_forward_int8.h"
#include "offramp_layer_norm.h"
#include "offramp_quantize.h"
#include "processor/scratch.h"
#include "products/panels.h"

// A few whole tiles of rows on every path: at 1536 inner values a block takes 490 KB.
#define BLOCK_ROWS 64

// A block of rows. Floats and codes are wide enough for both sides of either product.
typedef struct {
    float *floats, *scales;
    int32_t *sums;
    int8_t *codes;
} row_block;

static row_block cut_block(long width, long inner, scratch_cut *memory)
{
    long widest = width > inner ? width : inner;
    return (row_block){
        .floats = cut_words(memory, BLOCK_ROWS * widest),
        .scales = cut_words(memory, BLOCK_ROWS),
        .sums = cut_words(memory, BLOCK_ROWS),
        .codes = cut(memory, BLOCK_ROWS * offramp_code_stride(widest)),
    };
}

size_t offramp_feed_forward_int8_scratch(long width, long inner)
{
    scratch_cut memory = {NULL, 0};
    cut_block(width, inner, &memory);
    return memory.size;
}

// b.floats [rows, outputs] = activation(weights x) for x [rows, inputs], which may be b.floats.
static void apply(
    offramp_path path, offramp_activation activation, long rows, long outputs, long inputs,
    const float *x, offramp_int8_weights weights, row_block b)
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
    row_block b = cut_block(width, inner, &(scratch_cut){scratch, 0});
    for (; rows > 0; rows -= BLOCK_ROWS, x += BLOCK_ROWS * width, y += BLOCK_ROWS * width) {
        long count = smaller(BLOCK_ROWS, rows);
        apply(path, activation, count, inner, width, x, up, b);
        apply(path, OFFRAMP_IDENTITY, count, width, inner, b.floats, down, b);
        offramp_add_layer_norm(
            count, width, b.floats, x, norm.weight, norm.bias, norm.epsilon, y);
    }
}
