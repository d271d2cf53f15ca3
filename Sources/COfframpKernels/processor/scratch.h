#ifndef OFFRAMP_SCRATCH_H
#define OFFRAMP_SCRATCH_H

#include <stddef.h>

#include "processor/compiling.h"

// Scratch memory that is cut into parts, each at a whole cache line. Without memory (NULL) cutting
// only measures.
typedef struct {
    char *start;
    size_t size;
} scratch_cut;

OFFRAMP_INLINE void *cut(scratch_cut *scratch, size_t bytes)
{
    void *part = scratch->start ? scratch->start + scratch->size : NULL;
    scratch->size += (bytes + 63) / 64 * 64;
    return part;
}

// Floats or steps.
OFFRAMP_INLINE void *cut_words(scratch_cut *scratch, long words)
{
    return cut(scratch, (size_t)words * sizeof(float));
}

#endif
