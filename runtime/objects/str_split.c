/* SPDX-License-Identifier: MIT
 * runtime/objects/str_split.c: methods of str that cut: split, rsplit,
 * splitlines, partition, strip and their kin.
 */
#include "config.h"

#include "runtime/objects/str_parts.h"
#include "runtime/objects/text.h"

static bool
is_space_at(const struct rt_str *s, int64_t i)
{
    uint32_t c = rt_str_at(s, i);

    return c == ' ' || (c != 0 && rt_char_is(c, RT_CHAR_SPACE));
}

/* sep and maxsplit arguments. 0, or -1. */
static int
split_args(rt_val *args, int64_t *max)
{
    *max = -1;
    if (!rt_is_null(args[1]) && rt_index_ssize(args[1], max) < 0)
        return -1;
    if (*max < 0)
        *max = INT64_MAX;
    if (rt_is_null(args[0]) || rt_is_none(args[0]))
        return 0;
    if (!rt_is_str(args[0])) {
        rt_raise(&rt_exc_TypeError, "must be str or None, not %T", args[0]);
        return -1;
    }
    if (rt_str_of(args[0])->len == 0) {
        rt_raise(&rt_exc_ValueError, "empty separator");
        return -1;
    }
    return 0;
}

static rt_val
split_space(rt_val self, int64_t max)
{
    struct rt_str *s = rt_str_of(self);
    rt_val list = rt_list_new(NULL, 0);
    int64_t i = 0, start, n = s->len;

    for (;;) {
        while (i < n && is_space_at(s, i))
            i++;
        if (i == n)
            return list;
        start = i;
        if (max-- == 0) {
            rt_list_append(list, rt_str_slice(self, start, n));
            return list;
        }
        while (i < n && !is_space_at(s, i))
            i++;
        rt_list_append(list, rt_str_slice(self, start, i));
    }
}

rt_val
rt_strm_split(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    int64_t max, from = 0, place;
    rt_val list;

    if (split_args(args, &max) < 0)
        return RT_NULL;
    if (rt_is_null(args[0]) || rt_is_none(args[0]))
        return split_space(self, max);
    list = rt_list_new(NULL, 0);
    while (max-- > 0 &&
           (place = rt_str_find(self, args[0], from, s->len)) >= 0) {
        rt_list_append(list, rt_str_slice(self, from, place));
        from = place + rt_str_of(args[0])->len;
    }
    rt_list_append(list, rt_str_slice(self, from, s->len));
    return list;
}

static void
reverse(rt_val list)
{
    int64_t n, i;
    rt_val *items = rt_seq_items(list, &n);

    for (i = 0; i < n / 2; i++) {
        rt_val v = items[i];

        items[i] = items[n - 1 - i];
        items[n - 1 - i] = v;
    }
}

static rt_val
rsplit_space(rt_val self, int64_t max)
{
    struct rt_str *s = rt_str_of(self);
    rt_val list = rt_list_new(NULL, 0);
    int64_t i = s->len, end;

    for (;;) {
        while (i > 0 && is_space_at(s, i - 1))
            i--;
        if (i == 0)
            break;
        end = i;
        if (max-- == 0) {
            rt_list_append(list, rt_str_slice(self, 0, end));
            break;
        }
        while (i > 0 && !is_space_at(s, i - 1))
            i--;
        rt_list_append(list, rt_str_slice(self, i, end));
    }
    reverse(list);
    return list;
}

rt_val
rt_strm_rsplit(rt_val self, rt_val *args)
{
    int64_t max, end = rt_str_of(self)->len, place;
    rt_val list;

    if (split_args(args, &max) < 0)
        return RT_NULL;
    if (rt_is_null(args[0]) || rt_is_none(args[0]))
        return rsplit_space(self, max);
    list = rt_list_new(NULL, 0);
    while (max-- > 0 && (place = rt_str_rfind(self, args[0], 0, end)) >= 0) {
        rt_list_append(
            list, rt_str_slice(self, place + rt_str_of(args[0])->len, end));
        end = place;
    }
    rt_list_append(list, rt_str_slice(self, 0, end));
    reverse(list);
    return list;
}

rt_val
rt_strm_splitlines(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    rt_val list = rt_list_new(NULL, 0);
    int64_t i = 0, start;
    int keep = 0;

    if (!rt_is_null(args[0]))
        keep = rt_truth(args[0]);
    if (keep < 0)
        return RT_NULL;
    while (i < s->len) {
        int64_t end;

        start = i;
        while (i < s->len && !rt_char_is(rt_str_at(s, i), RT_CHAR_LINEBREAK))
            i++;
        end = i;
        if (i < s->len) {
            i += rt_str_at(s, i) == '\r' && i + 1 < s->len &&
                         rt_str_at(s, i + 1) == '\n'
                     ? 2
                     : 1;
            if (keep)
                end = i;
        }
        rt_list_append(list, rt_str_slice(self, start, end));
    }
    return list;
}

/* -- partition -- */

static int
partition_arg(rt_val sep)
{
    if (!rt_is_str(sep)) {
        rt_raise(&rt_exc_TypeError, "must be str, not %T", sep);
        return -1;
    }
    if (rt_str_of(sep)->len == 0) {
        rt_raise(&rt_exc_ValueError, "empty separator");
        return -1;
    }
    return 0;
}

static rt_val
three(rt_val self, rt_val sep, int64_t place)
{
    return rt_tuple_pack(
        3, rt_str_slice(self, 0, place), rt_str_exact(sep),
        rt_str_slice(self, place + rt_str_of(sep)->len, rt_str_of(self)->len));
}

rt_val
rt_strm_partition(rt_val self, rt_val *args)
{
    int64_t place;

    if (partition_arg(args[0]) < 0)
        return RT_NULL;
    place = rt_str_find(self, args[0], 0, rt_str_of(self)->len);
    if (place >= 0)
        return three(self, args[0], place);
    return rt_tuple_pack(3, rt_str_exact(self), rt_str_empty(), rt_str_empty());
}

rt_val
rt_strm_rpartition(rt_val self, rt_val *args)
{
    int64_t place;

    if (partition_arg(args[0]) < 0)
        return RT_NULL;
    place = rt_str_rfind(self, args[0], 0, rt_str_of(self)->len);
    if (place >= 0)
        return three(self, args[0], place);
    return rt_tuple_pack(3, rt_str_empty(), rt_str_empty(), rt_str_exact(self));
}

/* -- strip -- */

enum { LEFT = 1, RIGHT = 2 };

static bool
is_stripped(const struct rt_str *s, int64_t i, const struct rt_str *chars)
{
    return chars == NULL
               ? is_space_at(s, i)
               : rt_str_find_char(chars, rt_str_at(s, i), 0, chars->len) >= 0;
}

static rt_val
strip(rt_val self, rt_val arg, int sides, const char *name)
{
    struct rt_str *s = rt_str_of(self), *chars = NULL;
    int64_t from = 0, to = s->len;

    if (!rt_is_null(arg) && !rt_is_none(arg)) {
        if (!rt_is_str(arg))
            return rt_raise(&rt_exc_TypeError, "%s arg must be None or str",
                            name);
        chars = rt_str_of(arg);
    }
    if (sides & LEFT)
        while (from < to && is_stripped(s, from, chars))
            from++;
    if (sides & RIGHT)
        while (to > from && is_stripped(s, to - 1, chars))
            to--;
    return rt_str_slice(self, from, to);
}

rt_val
rt_strm_strip(rt_val self, rt_val *args)
{
    return strip(self, args[0], LEFT | RIGHT, "strip");
}

rt_val
rt_strm_lstrip(rt_val self, rt_val *args)
{
    return strip(self, args[0], LEFT, "lstrip");
}

rt_val
rt_strm_rstrip(rt_val self, rt_val *args)
{
    return strip(self, args[0], RIGHT, "rstrip");
}

/* -- prefix and suffix -- */

static bool
matches_at(rt_val self, rt_val sub, int64_t at)
{
    struct rt_str *s = rt_str_of(self), *t = rt_str_of(sub);
    int64_t i;

    if (at < 0 || at + t->len > s->len)
        return false;
    if (s->kind == t->kind)
        return memcmp(s->data + at * s->kind, t->data,
                      (size_t)(t->len * t->kind)) == 0;
    for (i = 0; i < t->len; i++)
        if (rt_str_at(s, at + i) != rt_str_at(t, i))
            return false;
    return true;
}

static bool
tail_matches(rt_val self, rt_val sub, int64_t from, int64_t to, bool at_end)
{
    int64_t n = rt_str_of(sub)->len;

    if (to - from < n)
        return false;
    return matches_at(self, sub, at_end ? to - n : from);
}

static rt_val
starts_or_ends(rt_val self, rt_val *args, bool at_end, const char *name)
{
    int64_t from, to, n, i;
    rt_val *items;

    if (rt_clip_range(args[1], args[2], rt_str_of(self)->len, &from, &to) < 0)
        return RT_NULL;
    if (rt_is_str(args[0]))
        return rt_from_bool(tail_matches(self, args[0], from, to, at_end));
    if (!rt_is_tuple(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "%s first arg must be str or a tuple of str, not %T",
                        name, args[0]);
    items = rt_seq_items(args[0], &n);
    for (i = 0; i < n; i++) {
        if (!rt_is_str(items[i]))
            return rt_raise(&rt_exc_TypeError,
                            "tuple for %s must only contain str, not %T", name,
                            items[i]);
        if (tail_matches(self, items[i], from, to, at_end))
            return rt_True;
    }
    return rt_False;
}

rt_val
rt_strm_startswith(rt_val self, rt_val *args)
{
    return starts_or_ends(self, args, false, "startswith");
}

rt_val
rt_strm_endswith(rt_val self, rt_val *args)
{
    return starts_or_ends(self, args, true, "endswith");
}

rt_val
rt_strm_removeprefix(rt_val self, rt_val *args)
{
    int64_t n = rt_str_of(self)->len;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "removeprefix() argument must be str, not %T", args[0]);
    if (tail_matches(self, args[0], 0, n, false))
        return rt_str_slice(self, rt_str_of(args[0])->len, n);
    return rt_str_exact(self);
}

rt_val
rt_strm_removesuffix(rt_val self, rt_val *args)
{
    int64_t n = rt_str_of(self)->len;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "removesuffix() argument must be str, not %T", args[0]);
    if (tail_matches(self, args[0], 0, n, true))
        return rt_str_slice(self, 0, n - rt_str_of(args[0])->len);
    return rt_str_exact(self);
}
