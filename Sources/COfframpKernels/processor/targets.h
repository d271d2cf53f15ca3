#ifndef OFFRAMP_TARGETS_H
#define OFFRAMP_TARGETS_H

// Marks a function as compiled for the instruction sets of one offramp_path.
#if defined(__x86_64__)
#define OFFRAMP_X86 1
#define OFFRAMP_AVX2 __attribute__((target("avx2,fma")))
#define OFFRAMP_AVX_VNNI __attribute__((target("avx2,fma,avxvnni")))
#define OFFRAMP_AVX512_SETS "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"
#define OFFRAMP_AVX512 __attribute__((target(OFFRAMP_AVX512_SETS)))
#define OFFRAMP_AVX512_VNNI __attribute__((target(OFFRAMP_AVX512_SETS ",avx512vnni")))
#define OFFRAMP_AVX512_BF16 __attribute__((target(OFFRAMP_AVX512_SETS ",avx512vnni,avx512bf16")))
#else
#define OFFRAMP_X86 0
#endif

#define OFFRAMP_UNROLL _Pragma("clang loop unroll(full)")

#endif
