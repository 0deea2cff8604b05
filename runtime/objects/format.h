/* SPDX-License-Identifier: MIT
 * runtime/objects/format.h: the format mini-language, shared by __format__ of
 * int, float, complex and str, by str.format and by the % operators.
 */
#ifndef RT_FORMAT_H
#define RT_FORMAT_H

#include "runtime/runtime.h"

/* __format__ of the builtin types; [spec] is a str. */
rt_val rt_int_format(rt_val v, rt_val spec);
rt_val rt_float_format(rt_val v, rt_val spec);
rt_val rt_complex_format(rt_val v, rt_val spec);
rt_val rt_str_format_spec(rt_val v, rt_val spec);

/* str.format: [args] tuple, [kwargs] mapping or RT_NULL. */
rt_val rt_str_do_format(rt_val format, rt_val args, rt_val kwargs);
/* bytes % args -> bytes (or bytearray, see [array]). */
rt_val rt_bytes_percent(rt_val format, rt_val args, bool array);

#endif
