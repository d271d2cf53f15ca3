#ifndef OFFRAMP_STEP_PRODUCT_H
#define OFFRAMP_STEP_PRODUCT_H

#include <string.h>

#include "products/steps.h"

// Floats through which the sums of a tile pass on their way to a panel that is not whole.
#define EDGE_SIZE (MOST_TILE_ROWS * PANEL)

OFFRAMP_INLINE void copy_rows(
    long rows, long columns, const float *x, long x_stride, float *y, long y_stride)
{
    for (long r = 0; r < rows; r++)
        memcpy(y + r * y_stride, x + r * x_stride, columns * sizeof(float));
}

// A tile with fewer columns than a panel, by way of `edge`.
OFFRAMP_INLINE void multiply_edge(
    const step_kernel *kernel, long rows, long columns, long steps, step_view a,
    const void *panel, float *edge, bool accumulate, float *c, long ldc)
{
    if (accumulate)
        copy_rows(rows, columns, c, ldc, edge, PANEL);
    kernel->tile(rows, steps, a, panel, edge, PANEL, accumulate);
    copy_rows(rows, columns, edge, PANEL, c, ldc);
}

// c [rows, columns] = or += a [rows, steps] panel [steps, PANEL]; `edge` is EDGE_SIZE floats.
OFFRAMP_INLINE void multiply_panel(
    const step_kernel *kernel, long rows, long columns, long steps, step_view a,
    const void *panel, float *edge, bool accumulate, float *c, long ldc)
{
    while (rows > 0) {
        long count = next_tile_rows(rows, kernel->tile_rows);
        prefetch_for_writing(count, c, ldc);
        if (columns == PANEL)
            kernel->tile(count, steps, a, panel, c, ldc, accumulate);
        else
            multiply_edge(kernel, count, columns, steps, a, panel, edge, accumulate, c, ldc);
        rows -= count;
        a = skip_rows(a, count);
        c += count * ldc;
    }
}

#endif
