/* SPDX-License-Identifier: MIT
 * runtime/interp/inlined.h: numbers of the builtins in inlined.def, for the
 * method tables (RT_METHOD_INLINED, RT_FUNC_INLINED) and handlers_inlined.h. */
#ifndef RT_INLINED_H
#define RT_INLINED_H

enum rt_inlined {
    RT_INLINE_NONE,
#define INLINE(id, text) RT_INLINE_##id,
#include "runtime/interp/inlined.def"
#undef INLINE
    RT_NINLINED
};

#endif
