#ifndef OFFRAMP_KERNELS_H
#define OFFRAMP_KERNELS_H

// Everything is float32 and row-major. Functions keep no state and allocate nothing. Gradient
// functions overwrite the gradient of their input (dx) and add to those of parameters. Functions
// that multiply matrices or prepare them take the instruction set first, see offramp_path.h.

#include "offramp_activation.h"
#include "offramp_adamw.h"
#include "offramp_arithmetic.h"
#include "offramp_attention.h"
#include "offramp_dropout.h"
#include "offramp_feed_forward_int8.h"
#include "offramp_gemm.h"
#include "offramp_layer_norm.h"
#include "offramp_linear.h"
#include "offramp_linear_int8.h"
#include "offramp_path.h"
#include "offramp_pause.h"
#include "offramp_pooling.h"
#include "offramp_product_format.h"
#include "offramp_quantize.h"
#include "offramp_rows.h"
#include "offramp_softmax.h"

#endif
