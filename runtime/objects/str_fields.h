/* SPDX-License-Identifier: MIT
 * runtime/objects/str_fields.h: the scanner of format strings, for str.format
 * and for module _string.
 */
#ifndef RT_STR_FIELDS_H
#define RT_STR_FIELDS_H

#include "runtime/objects.h"

/* One piece: literal text, then perhaps a replacement field. Places are
 * indices into the format string. */
struct rt_field {
    int64_t lit_from, lit_to;
    bool has_field;
    bool nested;         /* the spec has replacement fields */
    uint32_t conversion; /* 0: none */
    int64_t name_from, name_to;
    int64_t spec_from, spec_to;
};
/* 1: a piece, 0: at the end, -1: ValueError. */
int rt_fields_next(const struct rt_str *s, int64_t *pos, int64_t end,
                   struct rt_field *f);

struct rt_accessor {
    bool is_attribute;
    int64_t from, to;
    int64_t index; /* [123]: the number; else -1 */
};
/* End of the name's first part, before ".attribute" or "[item]". */
int64_t rt_fields_first(const struct rt_str *s, int64_t from, int64_t to);
/* 1: an accessor, 0: at the end, -1: ValueError. */
int rt_fields_accessor(const struct rt_str *s, int64_t *pos, int64_t end,
                       struct rt_accessor *a);
/* Value of a number, -1: it is none, -2: ValueError. */
int64_t rt_fields_number(const struct rt_str *s, int64_t from, int64_t to);

#endif
