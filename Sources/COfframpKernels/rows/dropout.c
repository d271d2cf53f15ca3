#include "rows/dropout.h"

OFFRAMP_CLONES void offramp_dropout(
    long count, float probability, uint64_t seed, const float *x, float *y)
{
    dropout_rule rule = rule_of_dropout(probability, seed);
    OFFRAMP_INDEPENDENT
    for (long i = 0; i < count; i++)
        y[i] = kept_or_dropped(rule, (uint32_t)i, x[i]);
}

OFFRAMP_CLONES void drop_matrix(
    dropout_rule rule, long rows, long columns, long first, long row_step, long column_step,
    const float *x, float *y, long stride)
{
    for (long r = 0; r < rows; r++, first += row_step, x += stride, y += stride) {
        OFFRAMP_INDEPENDENT
        for (long c = 0; c < columns; c++)
            y[c] = kept_or_dropped(rule, (uint32_t)(first + c * column_step), x[c]);
    }
}
