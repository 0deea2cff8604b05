/* SPDX-License-Identifier: MIT
 * runtime/modules/math.h: what the files of module math share.
 */
#ifndef RT_MATH_H
#define RT_MATH_H

#include "runtime/runtime.h"

rt_val rt_module_math_init(void);
rt_val rt_math_domain_error(void); /* ValueError */
rt_val rt_math_range_error(void);  /* OverflowError */

extern const struct rt_method rt_math_gamma_functions[];
extern const struct rt_method rt_math_int_functions[];
extern const struct rt_method rt_math_sum_functions[];

#endif
