/* SPDX-License-Identifier: MIT
 * runtime/objects/bytes_split.c: the methods of bytes and bytearray that cut,
 * and the table of the methods they have in common.
 */
#include "config.h"

#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/text.h"

#define SELF                                                                   \
    const char *s;                                                             \
    int64_t len;                                                               \
                                                                               \
    rt_bytes_view(self, &s, &len)

static bool
space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
add(rt_val list, rt_val self, const char *s, int64_t from, int64_t to)
{
    rt_list_append(list, rt_bytes_like(self, s + from, to - from));
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

/* -- split -- */

/* Separator (n 0: blanks) and limit. 0, or -1. */
static int
split_args(rt_val *args, const char **sep, int64_t *n, int64_t *max)
{
    *max = -1;
    *n = 0;
    if (!rt_is_null(args[1]) && rt_index_ssize(args[1], max) < 0)
        return -1;
    if (*max < 0)
        *max = INT64_MAX;
    if (rt_is_null(args[0]) || rt_is_none(args[0]))
        return 0;
    if (rt_bytes_view(args[0], sep, n) < 0)
        return -1;
    if (*n == 0) {
        rt_raise(&rt_exc_ValueError, "empty separator");
        return -1;
    }
    return 0;
}

static rt_val
split_blanks(rt_val self, int64_t max)
{
    rt_val list = rt_list_new(NULL, 0);
    int64_t i = 0, start;
    SELF;

    for (;;) {
        while (i < len && space(s[i]))
            i++;
        if (i == len)
            return list;
        start = i;
        if (max-- == 0) {
            add(list, self, s, start, len);
            return list;
        }
        while (i < len && !space(s[i]))
            i++;
        add(list, self, s, start, i);
    }
}

static rt_val
rsplit_blanks(rt_val self, int64_t max)
{
    rt_val list = rt_list_new(NULL, 0);
    int64_t i, end;
    SELF;

    for (i = len;;) {
        while (i > 0 && space(s[i - 1]))
            i--;
        if (i == 0)
            break;
        end = i;
        if (max-- == 0) {
            add(list, self, s, 0, end);
            break;
        }
        while (i > 0 && !space(s[i - 1]))
            i--;
        add(list, self, s, i, end);
    }
    reverse(list);
    return list;
}

static rt_val
bytes_split(rt_val self, rt_val *args)
{
    const char *sep = NULL;
    int64_t n, max, from = 0, place;
    rt_val list;
    SELF;

    if (split_args(args, &sep, &n, &max) < 0)
        return RT_NULL;
    if (n == 0)
        return split_blanks(self, max);
    list = rt_list_new(NULL, 0);
    while (max-- > 0 && (place = rt_mem_find(s, from, len, sep, n)) >= 0) {
        add(list, self, s, from, place);
        from = place + n;
    }
    add(list, self, s, from, len);
    return list;
}

static rt_val
bytes_rsplit(rt_val self, rt_val *args)
{
    const char *sep = NULL;
    int64_t n, max, place;
    rt_val list;
    SELF;

    if (split_args(args, &sep, &n, &max) < 0)
        return RT_NULL;
    if (n == 0)
        return rsplit_blanks(self, max);
    list = rt_list_new(NULL, 0);
    while (max-- > 0 && (place = rt_mem_rfind(s, 0, len, sep, n)) >= 0) {
        add(list, self, s, place + n, len);
        len = place;
    }
    add(list, self, s, 0, len);
    reverse(list);
    return list;
}

static rt_val
bytes_splitlines(rt_val self, rt_val *args)
{
    rt_val list = rt_list_new(NULL, 0);
    int64_t i = 0, start, end;
    int keep = 0;
    SELF;

    if (!rt_is_null(args[0]))
        keep = rt_truth(args[0]);
    if (keep < 0)
        return RT_NULL;
    while (i < len) {
        start = i;
        while (i < len && s[i] != '\n' && s[i] != '\r')
            i++;
        end = i;
        if (i < len) {
            i += s[i] == '\r' && i + 1 < len && s[i + 1] == '\n' ? 2 : 1;
            if (keep)
                end = i;
        }
        add(list, self, s, start, end);
    }
    return list;
}

/* -- partition -- */

static rt_val
partition(rt_val self, rt_val arg, bool last)
{
    const char *sep;
    int64_t n, at;
    rt_val empty;
    SELF;

    if (rt_bytes_view(arg, &sep, &n) < 0)
        return RT_NULL;
    if (n == 0)
        return rt_raise(&rt_exc_ValueError, "empty separator");
    at =
        last ? rt_mem_rfind(s, 0, len, sep, n) : rt_mem_find(s, 0, len, sep, n);
    if (at >= 0)
        return rt_tuple_pack(3, rt_bytes_like(self, s, at),
                             rt_bytes_like(self, sep, n),
                             rt_bytes_like(self, s + at + n, len - at - n));
    empty = rt_bytes_like(self, NULL, 0);
    if (last)
        return rt_tuple_pack(3, empty, rt_bytes_like(self, NULL, 0),
                             rt_bytes_like(self, s, len));
    return rt_tuple_pack(3, rt_bytes_like(self, s, len), empty,
                         rt_bytes_like(self, NULL, 0));
}

static rt_val
bytes_partition(rt_val self, rt_val *args)
{
    return partition(self, args[0], false);
}

static rt_val
bytes_rpartition(rt_val self, rt_val *args)
{
    return partition(self, args[0], true);
}

/* -- strip -- */

enum { LEFT = 1, RIGHT = 2 };

static bool
stripped(char c, const char *chars, int64_t n)
{
    if (chars == NULL)
        return space(c);
    return n != 0 && memchr(chars, (unsigned char)c, (size_t)n) != NULL;
}

static rt_val
strip(rt_val self, rt_val arg, int sides)
{
    const char *chars = NULL;
    int64_t n = 0, from = 0;
    SELF;

    if (!rt_is_null(arg) && !rt_is_none(arg) &&
        rt_bytes_view(arg, &chars, &n) < 0)
        return RT_NULL;
    if (sides & LEFT)
        while (from < len && stripped(s[from], chars, n))
            from++;
    if (sides & RIGHT)
        while (len > from && stripped(s[len - 1], chars, n))
            len--;
    return rt_bytes_like(self, s + from, len - from);
}

static rt_val
bytes_strip(rt_val self, rt_val *args)
{
    return strip(self, args[0], LEFT | RIGHT);
}

static rt_val
bytes_lstrip(rt_val self, rt_val *args)
{
    return strip(self, args[0], LEFT);
}

static rt_val
bytes_rstrip(rt_val self, rt_val *args)
{
    return strip(self, args[0], RIGHT);
}

/* -- prefix and suffix -- */

/* 1, 0, -1: exception */
static int
tail_matches(const char *s, rt_val arg, int64_t from, int64_t to, bool at_end)
{
    const char *p;
    int64_t n;

    if (rt_bytes_view(arg, &p, &n) < 0)
        return -1;
    if (to - from < n)
        return 0;
    return memcmp(s + (at_end ? to - n : from), p, (size_t)n) == 0;
}

static rt_val
starts_or_ends(rt_val self, rt_val *args, bool at_end)
{
    const char *name = at_end ? "endswith" : "startswith";
    int64_t from, to, n, i;
    rt_val *items;
    int r;
    SELF;

    if (rt_clip_range(args[1], args[2], len, &from, &to) < 0)
        return RT_NULL;
    if (rt_is_tuple(args[0])) {
        items = rt_seq_items(args[0], &n);
        for (i = 0; i < n; i++) {
            r = tail_matches(s, items[i], from, to, at_end);
            if (r != 0)
                return r < 0 ? RT_NULL : rt_True;
        }
        return rt_False;
    }
    if (!rt_is_buffer(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "%s first arg must be bytes or a tuple of bytes, not "
                        "%T",
                        name, args[0]);
    r = tail_matches(s, args[0], from, to, at_end);
    return r < 0 ? RT_NULL : rt_from_bool(r);
}

static rt_val
bytes_startswith(rt_val self, rt_val *args)
{
    return starts_or_ends(self, args, false);
}

static rt_val
bytes_endswith(rt_val self, rt_val *args)
{
    return starts_or_ends(self, args, true);
}

static rt_val
bytes_removeprefix(rt_val self, rt_val *args)
{
    const char *p;
    int64_t n;
    SELF;

    if (rt_bytes_view(args[0], &p, &n) < 0)
        return RT_NULL;
    if (n > len || memcmp(s, p, (size_t)n) != 0)
        n = 0;
    return rt_bytes_like(self, s + n, len - n);
}

static rt_val
bytes_removesuffix(rt_val self, rt_val *args)
{
    const char *p;
    int64_t n;
    SELF;

    if (rt_bytes_view(args[0], &p, &n) < 0)
        return RT_NULL;
    if (n > len || memcmp(s + len - n, p, (size_t)n) != 0)
        n = 0;
    return rt_bytes_like(self, s, len - n);
}

static rt_val
bytes_getnewargs(rt_val self, rt_val *args)
{
    SELF;

    (void)args;
    return rt_tuple_pack(1, rt_bytes_new(s, len));
}

static rt_val
bytes_bytes(rt_val self, rt_val *args)
{
    SELF;

    (void)args;
    return rt_is_exact(self, &rt_bytes_type) ? self : rt_bytes_new(s, len);
}

#define PLAIN(name, doc)                                                       \
    RT_METHOD(#name, rt_bytesm_##name, READS, "($self, /)", doc)
#define SEARCH(name, doc)                                                      \
    RT_METHOD(#name, rt_bytesm_##name, ANY,                                    \
              "($self, sub, start=None, end=None, /)", doc)
#define PAD(name, doc)                                                         \
    RT_METHOD(#name, rt_bytesm_##name, ANY,                                    \
              "($self, width, fillchar=b' ', /)", doc)
#define STRIP(name, doc)                                                       \
    RT_METHOD(#name, bytes_##name, ANY, "($self, bytes=None, /)", doc)

#define COMMON_METHODS                                                         \
    PLAIN(capitalize, "Return a copy with only its first character "           \
                      "capitalized (ASCII) and the rest lower-cased."),        \
        PLAIN(lower, "Return a copy with all ASCII characters in lowercase."), \
        PLAIN(upper, "Return a copy with all ASCII characters in uppercase."), \
        PLAIN(swapcase, "Return a copy with uppercase ASCII characters "       \
                        "converted to lowercase and vice versa."),             \
        PLAIN(title, "Return a titlecased version (ASCII)."),                  \
        PLAIN(isalnum,                                                         \
              "True if all bytes are ASCII letters or digits and there "       \
              "is one."),                                                      \
        PLAIN(isalpha,                                                         \
              "True if all bytes are ASCII letters and there is one."),        \
        PLAIN(isascii, "True if all bytes are ASCII."),                        \
        PLAIN(isdigit,                                                         \
              "True if all bytes are ASCII digits and there is one."),         \
        PLAIN(islower,                                                         \
              "True if all cased bytes are lowercase and there is one."),      \
        PLAIN(isspace, "True if all bytes are blanks and there is one."),      \
        PLAIN(istitle, "True if it is titlecased and there is a letter."),     \
        PLAIN(isupper,                                                         \
              "True if all cased bytes are uppercase and there is one."),      \
        SEARCH(count,                                                          \
               "Return the number of non-overlapping occurrences of sub."),    \
        SEARCH(find, "Return the lowest index where sub is found, or -1."),    \
        SEARCH(index,                                                          \
               "Return the lowest index where sub is found; ValueError "       \
               "if it is not."),                                               \
        SEARCH(rfind, "Return the highest index where sub is found, or -1."),  \
        SEARCH(rindex,                                                         \
               "Return the highest index where sub is found; ValueError "      \
               "if it is not."),                                               \
        PAD(center, "Return a centered copy of length width."),                \
        PAD(ljust, "Return a left-justified copy of length width."),           \
        PAD(rjust, "Return a right-justified copy of length width."),          \
        RT_METHOD("zfill", rt_bytesm_zfill, ANY, "($self, width, /)",          \
                  "Pad a numeric string with zeros on the left."),             \
        RT_METHOD("expandtabs", rt_bytesm_expandtabs, ANY,                     \
                  "($self, /, tabsize=8)",                                     \
                  "Return a copy where all tab characters are expanded."),     \
        RT_METHOD(                                                             \
            "decode", rt_bytesm_decode, ANY,                                   \
            "($self, /, encoding='utf-8', errors='strict')",                   \
            "Decode the bytes using the codec registered for encoding."),      \
        RT_CLASSMETHOD(                                                        \
            "fromhex", rt_bytesm_fromhex, ANY, "($type, string, /)",           \
            "Create an object from a string of hexadecimal numbers."),         \
        RT_METHOD("hex", rt_bytesm_hex, ANY,                                   \
                  "($self, /, sep=None, bytes_per_sep=1)",                     \
                  "Create a string of hexadecimal numbers."),                  \
        RT_METHOD("join", rt_bytesm_join, ANY,                                 \
                  "($self, iterable_of_bytes, /)",                             \
                  "Concatenate any number of bytes objects."),                 \
        RT_METHOD(                                                             \
            "replace", rt_bytesm_replace, ANY,                                 \
            "($self, old, new, count=-1, /)",                                  \
            "Return a copy with all occurrences of old replaced by new."),     \
        RT_METHOD(                                                             \
            "split", bytes_split, ANY, "($self, /, sep=None, maxsplit=-1)",    \
            "Return a list of the sections, using sep as the delimiter."),     \
        RT_METHOD("rsplit", bytes_rsplit, ANY,                                 \
                  "($self, /, sep=None, maxsplit=-1)",                         \
                  "Return a list of the sections, from the right."),           \
        RT_METHOD("splitlines", bytes_splitlines, ANY,                         \
                  "($self, /, keepends=False)",                                \
                  "Return a list of the lines."),                              \
        RT_METHOD("partition", bytes_partition, ANY, "($self, sep, /)",        \
                  "Partition into three parts using the given separator."),    \
        RT_METHOD("rpartition", bytes_rpartition, ANY, "($self, sep, /)",      \
                  "Partition into three parts, from the right."),              \
        STRIP(strip, "Strip leading and trailing bytes contained in the "      \
                     "argument."),                                             \
        STRIP(lstrip, "Strip leading bytes contained in the argument."),       \
        STRIP(rstrip, "Strip trailing bytes contained in the argument."),      \
        RT_METHOD("startswith", bytes_startswith, ANY,                         \
                  "($self, prefix, start=None, end=None, /)",                  \
                  "Return True if it starts with the specified prefix."),      \
        RT_METHOD("endswith", bytes_endswith, ANY,                             \
                  "($self, suffix, start=None, end=None, /)",                  \
                  "Return True if it ends with the specified suffix."),        \
        RT_METHOD("removeprefix", bytes_removeprefix, ANY,                     \
                  "($self, prefix, /)",                                        \
                  "Return a copy with the given prefix removed if present."),  \
        RT_METHOD("removesuffix", bytes_removesuffix, ANY,                     \
                  "($self, suffix, /)",                                        \
                  "Return a copy with the given suffix removed if present."),  \
        RT_METHOD("translate", rt_bytesm_translate, ANY,                       \
                  "($self, table, /, delete=b'')",                             \
                  "Return a copy with each character mapped by the given "     \
                  "translation table."),                                       \
        RT_STATICMETHOD("maketrans", rt_bytesm_maketrans, ANY, "(frm, to, /)", \
                        "Return a translation table usable for translate().")

const struct rt_method rt_bytes_methods[] = {
    COMMON_METHODS,
    RT_METHOD("__getnewargs__", bytes_getnewargs, READS, "($self, /)", NULL),
    RT_METHOD("__bytes__", bytes_bytes, READS, "($self, /)",
              "Convert this value to exact type bytes."),
    RT_END_METHODS,
};

const struct rt_method rt_bytearray_methods[] = {
    COMMON_METHODS,
    RT_METHOD("append", rt_bytearraym_append, ANY, "($self, item, /)",
              "Append a single item to the end of the bytearray."),
    RT_METHOD("extend", rt_bytearraym_extend, ANY,
              "($self, iterable_of_ints, /)",
              "Append all the items from the iterator or sequence to the end "
              "of the bytearray."),
    RT_METHOD("insert", rt_bytearraym_insert, ANY, "($self, index, item, /)",
              "Insert a single item into the bytearray before the given "
              "index."),
    RT_METHOD("pop", rt_bytearraym_pop, ANY, "($self, index=-1, /)",
              "Remove and return a single item from B."),
    RT_METHOD("remove", rt_bytearraym_remove, ANY, "($self, value, /)",
              "Remove the first occurrence of a value in the bytearray."),
    RT_METHOD("reverse", rt_bytearraym_reverse, OWN, "($self, /)",
              "Reverse the order of the values in B in place."),
    RT_METHOD("clear", rt_bytearraym_clear, OWN, "($self, /)",
              "Remove all items from the bytearray."),
    RT_METHOD("copy", rt_bytearraym_copy, READS, "($self, /)",
              "Return a copy of B."),
    RT_METHOD("__reduce__", rt_bytearraym_reduce, ANY, "($self, /)",
              "Return state information for pickling."),
    RT_METHOD("__alloc__", rt_bytearraym_alloc, READS, "($self, /)",
              "B.__alloc__() -> int"),
    RT_END_METHODS,
};
