#ifndef OFFRAMP_CLONES_H
#define OFFRAMP_CLONES_H

// One binary for every x86-64: the loader picks the AVX-512, the AVX2 or the plain version of a
// function by the processor it finds. Elsewhere the compiler's own baseline is used.
#if defined(__x86_64__) && defined(__linux__)
#define OFFRAMP_CLONES \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define OFFRAMP_CLONES
#endif

// For helpers, which must take the instruction set of the clone that calls them.
#define OFFRAMP_INLINE static inline __attribute__((always_inline))

// Before a loop whose steps are independent though its output may be its input: without it
// the compiler takes an in-place call for an overlap and falls back to single elements.
#define OFFRAMP_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

// At the start of a block whose sums may be cut into lanes. The order then depends on the count
// and the processor alone, never on addresses, so results repeat to the bit.
#define OFFRAMP_SUM_IN_LANES _Pragma("clang fp reassociate(on)")

#endif
