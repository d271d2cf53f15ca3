#include "offramp_path.h"

#if defined(__x86_64__)

#define HAS(feature) (__builtin_cpu_supports(feature) != 0)

static bool has_avx2(void) { return HAS("avx2") && HAS("fma"); }

static bool has_avx512(void)
{
    return has_avx2() && HAS("avx512f") && HAS("avx512bw") && HAS("avx512dq") && HAS("avx512vl");
}

bool offramp_path_is_supported(offramp_path path)
{
    switch (path) {
    case OFFRAMP_PATH_PLAIN: return true;
    case OFFRAMP_PATH_AVX2: return has_avx2();
    case OFFRAMP_PATH_AVX_VNNI: return has_avx2() && HAS("avxvnni");
    case OFFRAMP_PATH_AVX512: return has_avx512();
    case OFFRAMP_PATH_AVX512_VNNI: return has_avx512() && HAS("avx512vnni");
    case OFFRAMP_PATH_AVX512_BF16:
        return has_avx512() && HAS("avx512vnni") && HAS("avx512bf16");
    }
    return false;
}

#else

bool offramp_path_is_supported(offramp_path path) { return path == OFFRAMP_PATH_PLAIN; }

#endif

offramp_path offramp_best_path(void)
{
    offramp_path path = OFFRAMP_PATH_AVX512_BF16;
    while (!offramp_path_is_supported(path))
        path--;
    return path;
}
