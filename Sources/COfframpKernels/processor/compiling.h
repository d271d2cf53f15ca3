#ifndef OFFRAMP_COMPILING_H
#define OFFRAMP_COMPILING_H

// How functions and loops are compiled.

// Marks a function as compiled for the instruction sets of one offramp_path.
#if defined(__x86_64__)
#define OFFRAMP_X86 1
#define OFFRAMP_AVX2 __attribute__((target("avx2,fma")))
#define OFFRAMP_AVX_VNNI __attribute__((target("avx2,fma,avxvnni")))
#define OFFRAMP_AVX512_SETS "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"
#define OFFRAMP_AVX512 __attribute__((target(OFFRAMP_AVX512_SETS)))
#define OFFRAMP_AVX512_VNNI __attribute__((target(OFFRAMP_AVX512_SETS ",avx512vnni")))
#define OFFRAMP_AVX512_BF16 __attribute__((target(OFFRAMP_AVX512_SETS ",avx512vnni,avx512bf16")))
#define OFFRAMP_AMX \
    __attribute__((target( \
        OFFRAMP_AVX512_SETS ",avx512vnni,avx512bf16,amx-tile,amx-bf16,amx-int8")))
#else
#define OFFRAMP_X86 0
#endif

// Marks a function that takes no path: the loader picks its AVX-512, AVX2 or plain version by the
// processor it finds. Elsewhere there is one version, for the compiler's own baseline.
#if defined(__x86_64__) && defined(__linux__)
#define OFFRAMP_CLONES \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define OFFRAMP_CLONES
#endif

// For helpers, which must take the instruction set of the function that calls them.
#define OFFRAMP_INLINE static inline __attribute__((always_inline))

#define OFFRAMP_UNROLL _Pragma("clang loop unroll(full)")

// Before a loop whose steps are independent though its output may be its input: without it
// the compiler takes an in-place call for an overlap and falls back to single elements.
#define OFFRAMP_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

// At the start of a block whose sums may be split into lanes. Their order then depends on the count
// and the processor alone, never on addresses, so results repeat to the bit.
#define OFFRAMP_SUM_IN_LANES _Pragma("clang fp reassociate(on)")

#endif
