#include "offramp_kernels.h"
