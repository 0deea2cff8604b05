/* SPDX-License-Identifier: MIT
 * runtime/interp/bodies.h: bodies in Python for builtins that consume an
 * iterable (bodies.def). handlers_call.h calls the body instead of the C
 * function where the iterable is a generator: the generator is then resumed by
 * a for loop of an ordinary frame, so both are parts of a trace, and the loop
 * may be one of its own. The frame is hidden: tracebacks, sys._getframe() and
 * the like do not see it.
 */
#ifndef RT_BODIES_H
#define RT_BODIES_H

#include "runtime/code.h"
#include "runtime/runtime.h"

/* Keeps what bodies may name; at the start, from the module builtins. */
void rt_bodies_init(rt_val builtins);
/* Which argument of the builtin [id] may be a generator; -1: it has no body. */
extern int8_t rt_body_iterable[];
/* The body for a call of the builtin [id] with n arguments, the last of them
 * named by kw, or NULL. [ic] belongs to the call, which lies in [caller]:
 * every call has a copy of the body, hence traces of its own. */
struct rt_function *rt_body_at(struct rt_ic *ic, struct rt_code *caller,
                               uint32_t id, int n, const struct rt_tuple *kw);

#endif
