#include "offramp_path.h"

#if defined(__x86_64__)

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

#define HAS(feature) (__builtin_cpu_supports(feature) != 0)

static bool has_avx2(void) { return HAS("avx2") && HAS("fma"); }

static bool has_avx512(void)
{
    return has_avx2() && HAS("avx512f") && HAS("avx512bw") && HAS("avx512dq") && HAS("avx512vl");
}

static bool has_avx512_bf16(void)
{
    return has_avx512() && HAS("avx512vnni") && HAS("avx512bf16");
}

// Linux keeps the tiles of a process that has asked for them, and of its threads.
static bool has_amx(void)
{
#if defined(__linux__)
    const long request_permission = 0x1023, tile_data = 18;
    return has_avx512_bf16() && HAS("amx-tile") && HAS("amx-bf16") && HAS("amx-int8")
        && syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
    return false;
#endif
}

bool offramp_path_is_supported(offramp_path path)
{
    switch (path) {
    case OFFRAMP_PATH_PLAIN: return true;
    case OFFRAMP_PATH_AVX2: return has_avx2();
    case OFFRAMP_PATH_AVX_VNNI: return has_avx2() && HAS("avxvnni");
    case OFFRAMP_PATH_AVX512: return has_avx512();
    case OFFRAMP_PATH_AVX512_VNNI: return has_avx512() && HAS("avx512vnni");
    case OFFRAMP_PATH_AVX512_BF16: return has_avx512_bf16();
    case OFFRAMP_PATH_AMX: return has_amx();
    }
    return false;
}

#else

bool offramp_path_is_supported(offramp_path path) { return path == OFFRAMP_PATH_PLAIN; }

#endif

offramp_path offramp_best_path(void)
{
    offramp_path path = OFFRAMP_PATH_AMX;
    while (!offramp_path_is_supported(path))
        path--;
    return path;
}
