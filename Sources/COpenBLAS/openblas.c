#include "openblas.h"

#include <dlfcn.h>
#include <stddef.h>

// A POSIX system gives functions as `void *`, which C itself does not turn into functions.
static int find(void *library, const char *name, void *function)
{
    *(void **)function = dlsym(library, name);
    return *(void **)function != NULL;
}

const char *openblas_load(openblas_functions *functions)
{
    void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library != NULL
        && find(library, "openblas_set_num_threads", &functions->set_num_threads)
        && find(library, "cblas_sgemm", &functions->sgemm)
        && find(library, "cblas_ssyrk", &functions->ssyrk)
        && find(library, "spotrf_", &functions->spotrf)
        && find(library, "spotrs_", &functions->spotrs))
        return NULL;
    return dlerror();
}
