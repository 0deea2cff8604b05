/* SPDX-License-Identifier: MIT
 * runtime/names.c: the interned strs of names.def.
 */
#include "config.h"

#include "runtime/init.h"
#include "runtime/runtime.h"

rt_val rt_names[RT_NNAMES];

void
rt_names_init(void)
{
    static const char *const texts[] = {
#define NAME(id, text) text,
#include "runtime/names.def"
#undef NAME
    };

    for (uint32_t i = 0; i < RT_NNAMES; i++) {
        rt_names[i] = rt_intern(texts[i]);
        rt_gc_root(&rt_names[i]);
    }
}
