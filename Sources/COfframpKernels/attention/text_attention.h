#ifndef OFFRAMP_TEXT_ATTENTION_H
#define OFFRAMP_TEXT_ATTENTION_H

#include "offramp_attention.h"
#include "processor/scratch.h"
#include "products/kernels.h"
#include "products/step_product.h"
#include "rows/dropout.h"

// What attention and its gradient share.

// What all heads of one text have in common. `width` is that of y; `edge` is EDGE_SIZE floats.
typedef struct {
    const step_kernel *kernel;
    long tokens, dimension, width;
    bool drops;
    dropout_rule dropout;
    float *edge;
} text_attention;

// Scores are multiplied by this before the softmax.
OFFRAMP_INLINE float score_scale(const text_attention *t)
{
    return 1 / __builtin_elementwise_sqrt((float)t->dimension);
}

// The entries of a bias that belong to one head.
OFFRAMP_INLINE long bias_stride(long reach) { return 2 * reach + OFFRAMP_BIAS_SLACK; }

// The words of a head's x [rows, dimension] in panels: a step is never longer than an entry.
OFFRAMP_INLINE long head_words(long rows, long dimension)
{
    return rows * round_up(dimension, PANEL);
}

// panels = x [rows, dimension], rows at a stride, as the second factor of a product.
OFFRAMP_INLINE void pack_head(
    const text_attention *t, long rows, const float *x, long stride, uint32_t *panels)
{
    long steps = steps_of(t->kernel, rows);
    for (long c = 0; c < t->dimension; c += PANEL)
        t->kernel->pack_columns(
            smaller(PANEL, t->dimension - c), rows, x + c, stride, panels + c * steps, PANEL);
}

// y [rows, dimension] at a stride = weights [rows, steps] panels.
OFFRAMP_INLINE void multiply_head(
    const text_attention *t, long rows, long steps, step_view weights, const uint32_t *panels,
    float *y, long stride)
{
    for (long c = 0; c < t->dimension; c += PANEL)
        multiply_panel(
            t->kernel, rows, smaller(PANEL, t->dimension - c), steps, weights, panels + c * steps,
            t->edge, false, y + c, stride);
}

#endif
