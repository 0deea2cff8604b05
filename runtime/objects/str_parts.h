/* SPDX-License-Identifier: MIT
 * runtime/objects/str_parts.h: methods of str that lie in other files than the
 * table of methods (str_methods.c). All have the signature of rt_cfunction.
 */
#ifndef RT_STR_PARTS_H
#define RT_STR_PARTS_H

#include "runtime/object.h"

/* str_case.c */
rt_val rt_strm_upper(rt_val self, rt_val *args);
rt_val rt_strm_lower(rt_val self, rt_val *args);
rt_val rt_strm_casefold(rt_val self, rt_val *args);
rt_val rt_strm_swapcase(rt_val self, rt_val *args);
rt_val rt_strm_capitalize(rt_val self, rt_val *args);
rt_val rt_strm_title(rt_val self, rt_val *args);
rt_val rt_strm_isalpha(rt_val self, rt_val *args);
rt_val rt_strm_isalnum(rt_val self, rt_val *args);
rt_val rt_strm_isdecimal(rt_val self, rt_val *args);
rt_val rt_strm_isdigit(rt_val self, rt_val *args);
rt_val rt_strm_isnumeric(rt_val self, rt_val *args);
rt_val rt_strm_isspace(rt_val self, rt_val *args);
rt_val rt_strm_isprintable(rt_val self, rt_val *args);
rt_val rt_strm_isascii(rt_val self, rt_val *args);
rt_val rt_strm_islower(rt_val self, rt_val *args);
rt_val rt_strm_isupper(rt_val self, rt_val *args);
rt_val rt_strm_istitle(rt_val self, rt_val *args);
rt_val rt_strm_isidentifier(rt_val self, rt_val *args);
/* str_split.c */
rt_val rt_strm_split(rt_val self, rt_val *args);
rt_val rt_strm_rsplit(rt_val self, rt_val *args);
rt_val rt_strm_splitlines(rt_val self, rt_val *args);
rt_val rt_strm_partition(rt_val self, rt_val *args);
rt_val rt_strm_rpartition(rt_val self, rt_val *args);
rt_val rt_strm_strip(rt_val self, rt_val *args);
rt_val rt_strm_lstrip(rt_val self, rt_val *args);
rt_val rt_strm_rstrip(rt_val self, rt_val *args);
rt_val rt_strm_startswith(rt_val self, rt_val *args);
rt_val rt_strm_endswith(rt_val self, rt_val *args);
rt_val rt_strm_removeprefix(rt_val self, rt_val *args);
rt_val rt_strm_removesuffix(rt_val self, rt_val *args);
/* str_translate.c */
rt_val rt_strm_translate(rt_val self, rt_val *args);
rt_val rt_strm_maketrans(rt_val self, rt_val *args);

#endif
