#ifndef OFFRAMP_ROUNDING_H
#define OFFRAMP_ROUNDING_H

#include "processor/clones.h"

OFFRAMP_INLINE long round_up(long count, long multiple)
{
    return (count + multiple - 1) / multiple * multiple;
}

#endif
