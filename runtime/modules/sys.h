/* SPDX-License-Identifier: MIT
 * runtime/modules/sys.h: between the files of module sys.
 */
#ifndef RT_SYS_H
#define RT_SYS_H

#include "runtime/objects.h"

void rt_sys_add_info(rt_val module);  /* sys_info.c: versions, limits, flags */
void rt_sys_add_hooks(rt_val module); /* sys_hooks.c: exceptions, frames */
/* The frame object of the frame at [fp], whose current instruction is before
 * [pc] (objects/frame.c). */
struct fe_ins;
rt_val rt_frame_object(rt_val *fp, const struct fe_ins *pc);
/* gi_frame and the like: None if it has ended. */
rt_val rt_frame_of_generator(rt_val gen);
/* Local variables by name in the registers of a frame (builtins_code.c). */
struct rt_code;
rt_val rt_frame_locals(const struct rt_code *code, const rt_val *regs);
/* tb_frame: of the frame of [func] that ran [code]. */
rt_val rt_frame_for_traceback(rt_val func, struct rt_code *code, int64_t ins);

#endif
