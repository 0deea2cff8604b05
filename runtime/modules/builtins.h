/* SPDX-License-Identifier: MIT
 * runtime/modules/builtins.h: how init.c fills the module builtins.
 */
#ifndef RT_BUILTINS_H
#define RT_BUILTINS_H

#include "runtime/objects.h"

void rt_builtins_add_functions(rt_val module);      /* builtins.c */
void rt_builtins_add_code_functions(rt_val module); /* builtins_code.c */
void rt_builtins_add_open(rt_val module);           /* io/file.c */
void rt_builtins_add_site(rt_val module);           /* site.c */
/* io.UnsupportedOperation */
rt_val rt_raise_unsupported(const char *what);
/* iter(callable, sentinel), objects/iterators.c */
rt_val rt_call_iter_new(rt_val callable, rt_val sentinel);

#endif
