/* SPDX-License-Identifier: MIT
 * runtime/objects/str_format.c: str.format and str.format_map: replacement
 * fields with attribute and item look-ups, conversions and nested format specs.
 * What string.Formatter needs of it (_string) uses the same scanner.
 */
#include "config.h"

#include "runtime/objects/format.h"
#include "runtime/objects/str_fields.h"
#include "runtime/objects/text.h"

enum { AUTO_NONE, AUTO_YES, AUTO_NO };

struct formatter {
    rt_val args, kwargs; /* args RT_NULL: format_map */
    int numbering;
    int64_t next;
};

static int
value_error(const char *text)
{
    rt_raise(&rt_exc_ValueError, "%s", text);
    return -1;
}

/* -- scanning -- */

int64_t
rt_fields_number(const struct rt_str *s, int64_t from, int64_t to)
{
    int64_t v = 0, i;

    for (i = from; i < to; i++) {
        int d = rt_char_decimal(rt_str_at(s, i));

        if (d < 0)
            return -1;
        if (v > (INT64_MAX - d) / 10) {
            value_error("Too many decimal digits in format string");
            return -2;
        }
        v = v * 10 + d;
    }
    return from == to ? -1 : v;
}

/* Literal text up to '{', '}' or the end. Doubled braces count as the last
 * character of the literal. 1: a field follows at *pos; 0: not; -1: error. */
static int
scan_literal(const struct rt_str *s, int64_t *pos, int64_t end,
             int64_t *lit_end)
{
    int64_t i = *pos;
    uint32_t c = 0;

    while (i < end && (c = rt_str_at(s, i)) != '{' && c != '}')
        i++;
    *lit_end = i;
    *pos = i;
    if (i == end)
        return 0;
    if (i + 1 < end && rt_str_at(s, i + 1) == c) {
        *lit_end = i + 1;
        *pos = i + 2;
        return 0;
    }
    if (c == '}')
        return value_error("Single '}' encountered in format string");
    if (i + 1 == end)
        return value_error("Single '{' encountered in format string");
    *pos = i + 1;
    return 1;
}

/* What follows the name: conversion and format spec up to the closing brace. */
static int
scan_conversion(const struct rt_str *s, int64_t *pos, int64_t end,
                struct rt_field *f)
{
    int depth = 1;
    int64_t i = *pos;

    if (rt_str_at(s, i - 1) == '!') {
        if (i >= end)
            return value_error("end of string while looking for conversion "
                               "specifier");
        f->conversion = rt_str_at(s, i++);
        if (i < end) {
            uint32_t c = rt_str_at(s, i++);

            if (c == '}') {
                *pos = i;
                f->spec_from = f->spec_to = i;
                return 0;
            }
            if (c != ':')
                return value_error("expected ':' after conversion specifier");
        }
    }
    f->spec_from = i;
    for (; i < end; i++) {
        uint32_t c = rt_str_at(s, i);

        if (c == '{')
            depth++, f->nested = true;
        else if (c == '}' && --depth == 0)
            break;
    }
    if (i >= end)
        return value_error("unmatched '{' in format spec");
    f->spec_to = i;
    *pos = i + 1;
    return 0;
}

static int
scan_field(const struct rt_str *s, int64_t *pos, int64_t end,
           struct rt_field *f)
{
    bool brackets = false;
    int64_t i = *pos;
    uint32_t c = 0;

    f->name_from = i;
    for (; i < end; i++) {
        c = rt_str_at(s, i);
        if (c == '{')
            return value_error("unexpected '{' in field name");
        if (c == '[')
            brackets = true;
        else if (c == ']')
            brackets = false;
        else if (!brackets && (c == '}' || c == ':' || c == '!'))
            break;
    }
    f->name_to = i;
    if (i == end)
        return value_error("expected '}' before end of string");
    *pos = i + 1;
    f->spec_from = f->spec_to = i;
    if (c == '}')
        return 0;
    return scan_conversion(s, pos, end, f);
}

int
rt_fields_next(const struct rt_str *s, int64_t *pos, int64_t end,
               struct rt_field *f)
{
    int r;

    memset(f, 0, sizeof *f);
    if (*pos >= end)
        return 0;
    f->lit_from = *pos;
    r = scan_literal(s, pos, end, &f->lit_to);
    if (r < 0)
        return -1;
    f->has_field = r > 0;
    if (f->has_field && scan_field(s, pos, end, f) < 0)
        return -1;
    return 1;
}

int
rt_fields_accessor(const struct rt_str *s, int64_t *pos, int64_t end,
                   struct rt_accessor *a)
{
    int64_t i = *pos;
    uint32_t c;

    if (i >= end)
        return 0;
    c = rt_str_at(s, i++);
    a->from = i;
    a->is_attribute = c == '.';
    a->index = -1;
    if (c == '.') {
        while (i < end && (c = rt_str_at(s, i)) != '.' && c != '[')
            i++;
        a->to = i;
    } else if (c == '[') {
        while (i < end && rt_str_at(s, i) != ']')
            i++;
        if (i >= end)
            return value_error("Missing ']' in format string");
        a->to = i++;
        a->index = rt_fields_number(s, a->from, a->to);
        if (a->index == -2)
            return -1;
    } else {
        return value_error("Only '.' or '[' may follow ']' in format field "
                           "specifier");
    }
    if (a->to == a->from)
        return value_error("Empty attribute in format string");
    *pos = i;
    return 1;
}

int64_t
rt_fields_first(const struct rt_str *s, int64_t from, int64_t to)
{
    while (from < to && rt_str_at(s, from) != '.' && rt_str_at(s, from) != '[')
        from++;
    return from;
}

/* -- look-up -- */

static int
numbering(struct formatter *f, int mode)
{
    if (f->numbering == AUTO_NONE)
        f->numbering = mode;
    if (f->numbering == mode)
        return 0;
    return value_error(mode == AUTO_YES
                           ? "cannot switch from manual field specification "
                             "to automatic field numbering"
                           : "cannot switch from automatic field numbering to "
                             "manual field specification");
}

/* The object before any accessors. */
static rt_val
first_object(struct formatter *f, rt_val str, int64_t from, int64_t to)
{
    struct rt_str *s = rt_str_of(str);
    int64_t index = rt_fields_number(s, from, to), n;
    rt_val key, v, *items;

    if (index == -2)
        return RT_NULL;
    if (from == to) {
        if (numbering(f, AUTO_YES) < 0)
            return RT_NULL;
        index = f->next++;
    } else if (index >= 0 && numbering(f, AUTO_NO) < 0) {
        return RT_NULL;
    }
    if (index < 0) {
        key = rt_str_slice(str, from, to);
        if (rt_is_null(f->kwargs))
            return rt_raise_key(key);
        if (!rt_is_exact(f->kwargs, &rt_dict_type))
            return rt_getitem(f->kwargs, key);
        v = rt_dict_get(f->kwargs, key);
        return rt_is_null(v) && !rt_raised() ? rt_getitem(f->kwargs, key) : v;
    }
    if (rt_is_null(f->args)) {
        value_error("Format string contains positional fields");
        return RT_NULL;
    }
    items = rt_seq_items(f->args, &n);
    if (index >= n)
        return rt_raise(&rt_exc_IndexError,
                        "Replacement index %ld out of range for positional "
                        "args tuple",
                        (long)index);
    return items[index];
}

static rt_val
field_object(struct formatter *f, rt_val str, const struct rt_field *field)
{
    struct rt_str *s = rt_str_of(str);
    int64_t pos = rt_fields_first(s, field->name_from, field->name_to);
    rt_val v = first_object(f, str, field->name_from, pos), key;
    struct rt_accessor a;
    int r;

    while (!rt_is_null(v)) {
        r = rt_fields_accessor(s, &pos, field->name_to, &a);
        if (r <= 0)
            return r < 0 ? RT_NULL : v;
        key = a.index >= 0 ? rt_int_from_i64(a.index)
                           : rt_str_slice(str, a.from, a.to);
        v = a.is_attribute ? rt_getattr(v, rt_str_intern(key))
                           : rt_getitem(v, key);
    }
    return RT_NULL;
}

static rt_val
convert(rt_val v, uint32_t conversion)
{
    switch (conversion) {
    case 0:
        return v;
    case 'r':
        return rt_repr(v);
    case 's':
        return rt_str(v);
    case 'a':
        return rt_ascii(v);
    default:
        if (conversion > 32 && conversion < 127)
            return rt_raise(&rt_exc_ValueError,
                            "Unknown conversion specifier %c", (int)conversion);
        return rt_raise(&rt_exc_ValueError,
                        "Unknown conversion specifier \\x%x", conversion);
    }
}

static int build(struct formatter *f, struct rt_builder *b, rt_val str,
                 int64_t from, int64_t to, int depth);

static rt_val
format_field(struct formatter *f, rt_val str, const struct rt_field *field,
             int depth)
{
    rt_val v = field_object(f, str, field), spec;

    if (!rt_is_null(v))
        v = convert(v, field->conversion);
    if (rt_is_null(v))
        return RT_NULL;
    if (field->spec_from == field->spec_to)
        return rt_format(v, RT_NULL);
    if (field->nested) {
        struct rt_builder inner = {0};

        if (build(f, &inner, str, field->spec_from, field->spec_to, depth - 1) <
            0) {
            rt_builder_drop(&inner);
            return RT_NULL;
        }
        spec = rt_builder_finish(&inner);
    } else {
        spec = rt_str_slice(str, field->spec_from, field->spec_to);
    }
    return rt_format(v, spec);
}

static int
build(struct formatter *f, struct rt_builder *b, rt_val str, int64_t from,
      int64_t to, int depth)
{
    struct rt_str *s = rt_str_of(str);
    struct rt_field field;
    int64_t i;
    rt_val text;
    int r;

    if (depth <= 0)
        return value_error("Max string recursion exceeded");
    while ((r = rt_fields_next(s, &from, to, &field)) > 0) {
        for (i = field.lit_from; i < field.lit_to; i++)
            rt_builder_add(b, rt_str_at(s, i));
        if (!field.has_field)
            continue;
        text = format_field(f, str, &field, depth);
        if (rt_is_null(text))
            return -1;
        rt_builder_str(b, text);
    }
    return r;
}

rt_val
rt_str_do_format(rt_val format, rt_val args, rt_val kwargs)
{
    struct formatter f = {args, kwargs, AUTO_NONE, 0};
    struct rt_builder b = {0};

    if (build(&f, &b, format, 0, rt_str_of(format)->len, 2) < 0) {
        rt_builder_drop(&b);
        return RT_NULL;
    }
    return rt_builder_finish(&b);
}
