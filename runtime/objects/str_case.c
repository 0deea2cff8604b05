/* SPDX-License-Identifier: MIT
 * runtime/objects/str_case.c: upper, lower and the other mappings of case, with
 * a short way for ASCII.
 */
#include "config.h"

#include "runtime/objects/str_parts.h"
#include "runtime/objects/text.h"

typedef int (*mapper)(uint32_t c, uint32_t out[3]);

/* Is the capital sigma at [at] the last letter of a word? */
static bool
is_final_sigma(const struct rt_str *s, int64_t at)
{
    int64_t i = at - 1;

    while (i >= 0 && rt_char_is_case_ignorable(rt_str_at(s, i)))
        i--;
    if (i < 0 || !rt_char_is_cased(rt_str_at(s, i)))
        return false;
    for (i = at + 1; i < s->len; i++)
        if (!rt_char_is_case_ignorable(rt_str_at(s, i)))
            return !rt_char_is_cased(rt_str_at(s, i));
    return true;
}

static int
lower_at(const struct rt_str *s, int64_t i, uint32_t out[3])
{
    uint32_t c = rt_str_at(s, i);

    if (c != 0x3A3)
        return rt_char_full_lower(c, out);
    out[0] = is_final_sigma(s, i) ? 0x3C2 : 0x3C3;
    return 1;
}

static void
add_all(struct rt_builder *b, const uint32_t *chars, int n)
{
    int i;

    for (i = 0; i < n; i++)
        rt_builder_add(b, chars[i]);
}

static rt_val
map_ascii(const struct rt_str *s, char first, int by)
{
    struct rt_str *r = rt_str_alloc(s->len, 0x7F);
    int64_t i;

    if (r == NULL)
        return RT_NULL;
    for (i = 0; i < s->len; i++) {
        unsigned c = (unsigned char)s->data[i];

        r->data[i] =
            (char)(c - (unsigned char)first < 26u ? (int)c + by : (int)c);
    }
    return rt_from_ptr(r);
}

static rt_val
short_one(rt_val s)
{
    return rt_str_of(s)->len == 0 ? rt_str_empty() : RT_NULL;
}

static rt_val
map_all(rt_val v, mapper map)
{
    struct rt_str *s = rt_str_of(v);
    struct rt_builder b = {0};
    uint32_t out[3];
    int64_t i;

    for (i = 0; i < s->len; i++)
        add_all(&b, out, map(rt_str_at(s, i), out));
    return rt_builder_finish(&b);
}

rt_val
rt_strm_upper(rt_val self, rt_val *args)
{
    (void)args;
    if (rt_str_of(self)->len == 0)
        return short_one(self);
    if (rt_str_of(self)->ascii)
        return map_ascii(rt_str_of(self), 'a', -32);
    return map_all(self, rt_char_full_upper);
}

rt_val
rt_strm_lower(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    struct rt_builder b = {0};
    uint32_t out[3];
    int64_t i;

    (void)args;
    if (s->len == 0)
        return short_one(self);
    if (s->ascii)
        return map_ascii(s, 'A', 32);
    for (i = 0; i < s->len; i++)
        add_all(&b, out, lower_at(s, i, out));
    return rt_builder_finish(&b);
}

rt_val
rt_strm_casefold(rt_val self, rt_val *args)
{
    (void)args;
    if (rt_str_of(self)->len == 0)
        return short_one(self);
    if (rt_str_of(self)->ascii)
        return map_ascii(rt_str_of(self), 'A', 32);
    return map_all(self, rt_char_casefold);
}

rt_val
rt_strm_swapcase(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    struct rt_builder b = {0};
    uint32_t out[3];
    int64_t i;

    (void)args;
    for (i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);

        if (rt_char_is(c, RT_CHAR_UPPER)) {
            add_all(&b, out, lower_at(s, i, out));
        } else if (rt_char_is(c, RT_CHAR_LOWER)) {
            add_all(&b, out, rt_char_full_upper(c, out));
        } else {
            rt_builder_add(&b, c);
        }
    }
    return rt_builder_finish(&b);
}

rt_val
rt_strm_capitalize(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    struct rt_builder b = {0};
    uint32_t out[3];
    int64_t i;

    (void)args;
    for (i = 0; i < s->len; i++) {
        if (i == 0)
            add_all(&b, out, rt_char_full_title(rt_str_at(s, 0), out));
        else
            add_all(&b, out, lower_at(s, i, out));
    }
    return rt_builder_finish(&b);
}

rt_val
rt_strm_title(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    struct rt_builder b = {0};
    bool cased = false;
    uint32_t out[3];
    int64_t i;

    (void)args;
    for (i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);

        if (cased)
            add_all(&b, out, lower_at(s, i, out));
        else
            add_all(&b, out, rt_char_full_title(c, out));
        cased = rt_char_is_cased(c);
    }
    return rt_builder_finish(&b);
}

/* -- questions -- */

/* Do all characters have the flag, and is there one? */
static rt_val
all_are(rt_val self, uint32_t flag)
{
    struct rt_str *s = rt_str_of(self);
    int64_t i;

    for (i = 0; i < s->len; i++)
        if (!rt_char_is(rt_str_at(s, i), flag))
            return rt_False;
    return rt_from_bool(s->len != 0);
}

#define QUESTION(name, flag)                                                   \
    rt_val rt_strm_##name(rt_val self, rt_val *args)                           \
    {                                                                          \
        (void)args;                                                            \
        return all_are(self, RT_CHAR_##flag);                                  \
    }

QUESTION(isalpha, ALPHA)
QUESTION(isalnum, ALNUM)
QUESTION(isdecimal, DECIMAL)
QUESTION(isdigit, DIGIT)
QUESTION(isnumeric, NUMERIC)
QUESTION(isspace, SPACE)
#undef QUESTION

rt_val
rt_strm_isprintable(rt_val self, rt_val *args)
{
    (void)args;
    return rt_str_of(self)->len == 0 ? rt_True
                                     : all_are(self, RT_CHAR_PRINTABLE);
}

rt_val
rt_strm_isascii(rt_val self, rt_val *args)
{
    (void)args;
    return rt_from_bool(rt_str_of(self)->ascii);
}

/* Is there a cased character, and are all of them of the wanted case? */
static rt_val
all_cased(rt_val self, uint32_t wanted)
{
    struct rt_str *s = rt_str_of(self);
    bool any = false;
    int64_t i;

    for (i = 0; i < s->len; i++) {
        uint32_t flags = rt_char_flags(rt_str_at(s, i), RT_CHAR_CASED);

        if (flags & ~wanted)
            return rt_False;
        any |= flags != 0;
    }
    return rt_from_bool(any);
}

rt_val
rt_strm_islower(rt_val self, rt_val *args)
{
    (void)args;
    return all_cased(self, RT_CHAR_LOWER);
}

rt_val
rt_strm_isupper(rt_val self, rt_val *args)
{
    (void)args;
    return all_cased(self, RT_CHAR_UPPER);
}

rt_val
rt_strm_istitle(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    bool cased = false, any = false;
    int64_t i;

    (void)args;
    for (i = 0; i < s->len; i++) {
        uint32_t flags = rt_char_flags(rt_str_at(s, i), RT_CHAR_CASED);

        if (flags & (RT_CHAR_UPPER | RT_CHAR_TITLE)) {
            if (cased)
                return rt_False;
        } else if (flags & RT_CHAR_LOWER) {
            if (!cased)
                return rt_False;
        }
        cased = flags != 0;
        any |= cased;
    }
    return rt_from_bool(any);
}

rt_val
rt_strm_isidentifier(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    int64_t i;

    (void)args;
    if (s->len == 0 || !rt_char_is(rt_str_at(s, 0), RT_CHAR_ID_START))
        return rt_False;
    for (i = 1; i < s->len; i++)
        if (!rt_char_is(rt_str_at(s, i), RT_CHAR_ID_CONTINUE))
            return rt_False;
    return rt_True;
}
