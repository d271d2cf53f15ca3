#ifndef OFFRAMP_PANEL_PACK_H
#define OFFRAMP_PANEL_PACK_H

#include "panels.h"

// panel [depth, PANEL] = x [columns, depth] at a stride, transposed; columns <= PANEL, and those
// missing are zero.
typedef void panel_pack_function(
    long columns, long depth, const float *x, long stride, float *panel);

panel_pack_function panel_pack_plain, panel_pack_avx2, panel_pack_avx512;

#endif
