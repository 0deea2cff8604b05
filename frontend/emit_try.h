/* SPDX-License-Identifier: MIT
 * frontend/emit_try.h: between emit_try.c and emit_flow.c.
 */
#ifndef FE_EMIT_TRY_H
#define FE_EMIT_TRY_H

#include "frontend/compiler.h"

/* Calls the __exit__ (or awaits the __aexit__) of window [w] with three
 * times None. */
void fe_exit_normally(struct fe_compiler *c, int w, bool is_async);
/* name = None; del name */
void fe_forget_name(struct fe_compiler *c, const char *name);

#endif
