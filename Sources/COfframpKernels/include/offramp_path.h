#ifndef OFFRAMP_PATH_H
#define OFFRAMP_PATH_H

#include <stdbool.h>

// The instruction sets that matrix products are written for. The path that a function takes must
// be supported by the processor. A kernel without a version for it uses that of a lower path.
typedef enum {
    OFFRAMP_PATH_PLAIN,
    OFFRAMP_PATH_AVX2,
    OFFRAMP_PATH_AVX_VNNI,
    OFFRAMP_PATH_AVX512,
    OFFRAMP_PATH_AVX512_VNNI,
    OFFRAMP_PATH_AVX512_BF16,
    OFFRAMP_PATH_AMX
} offramp_path;

// Whether this processor (and its operating system) can run a path.
bool offramp_path_is_supported(offramp_path path);

// The highest path that this processor supports.
offramp_path offramp_best_path(void);

#endif
