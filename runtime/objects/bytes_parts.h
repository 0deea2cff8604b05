/* SPDX-License-Identifier: MIT
 * runtime/objects/bytes_parts.h: methods of bytes and bytearray that lie in
 * other files than the tables of methods (bytes_split.c).
 */
#ifndef RT_BYTES_PARTS_H
#define RT_BYTES_PARTS_H

#include "runtime/object.h"

/* hex(sep, bytes_per_sep); arguments may be RT_NULL. */
rt_val rt_hex_text(const char *s, int64_t len, rt_val sep, rt_val per);

rt_val rt_bytesm_find(rt_val self, rt_val *args);
rt_val rt_bytesm_rfind(rt_val self, rt_val *args);
rt_val rt_bytesm_index(rt_val self, rt_val *args);
rt_val rt_bytesm_rindex(rt_val self, rt_val *args);
rt_val rt_bytesm_count(rt_val self, rt_val *args);
rt_val rt_bytesm_replace(rt_val self, rt_val *args);
rt_val rt_bytesm_join(rt_val self, rt_val *args);
rt_val rt_bytesm_ljust(rt_val self, rt_val *args);
rt_val rt_bytesm_rjust(rt_val self, rt_val *args);
rt_val rt_bytesm_center(rt_val self, rt_val *args);
rt_val rt_bytesm_zfill(rt_val self, rt_val *args);
rt_val rt_bytesm_expandtabs(rt_val self, rt_val *args);
rt_val rt_bytesm_lower(rt_val self, rt_val *args);
rt_val rt_bytesm_upper(rt_val self, rt_val *args);
rt_val rt_bytesm_swapcase(rt_val self, rt_val *args);
rt_val rt_bytesm_capitalize(rt_val self, rt_val *args);
rt_val rt_bytesm_title(rt_val self, rt_val *args);
rt_val rt_bytesm_isalnum(rt_val self, rt_val *args);
rt_val rt_bytesm_isalpha(rt_val self, rt_val *args);
rt_val rt_bytesm_isdigit(rt_val self, rt_val *args);
rt_val rt_bytesm_isspace(rt_val self, rt_val *args);
rt_val rt_bytesm_isascii(rt_val self, rt_val *args);
rt_val rt_bytesm_islower(rt_val self, rt_val *args);
rt_val rt_bytesm_isupper(rt_val self, rt_val *args);
rt_val rt_bytesm_istitle(rt_val self, rt_val *args);
rt_val rt_bytesm_decode(rt_val self, rt_val *args);
rt_val rt_bytesm_fromhex(rt_val self, rt_val *args);
rt_val rt_bytesm_hex(rt_val self, rt_val *args);
rt_val rt_bytesm_translate(rt_val self, rt_val *args);
rt_val rt_bytesm_maketrans(rt_val self, rt_val *args);
rt_val rt_bytearraym_append(rt_val self, rt_val *args);
rt_val rt_bytearraym_extend(rt_val self, rt_val *args);
rt_val rt_bytearraym_insert(rt_val self, rt_val *args);
rt_val rt_bytearraym_pop(rt_val self, rt_val *args);
rt_val rt_bytearraym_remove(rt_val self, rt_val *args);
rt_val rt_bytearraym_reverse(rt_val self, rt_val *args);
rt_val rt_bytearraym_clear(rt_val self, rt_val *args);
rt_val rt_bytearraym_copy(rt_val self, rt_val *args);
rt_val rt_bytearraym_reduce(rt_val self, rt_val *args);
rt_val rt_bytearraym_alloc(rt_val self, rt_val *args);

#endif
