/* SPDX-License-Identifier: MIT
 * runtime/objects/str_methods.c: the table of str's methods, and those of them
 * that search, replace, join, pad, encode and format.
 */
#include "config.h"

#include "runtime/interp/inlined.h"
#include "runtime/objects/format.h"
#include "runtime/objects/str_parts.h"
#include "runtime/objects/text.h"

/* -- searching -- */

/* Place of args[0] in the clipped range; -1: none, -2: exception. */
static int64_t
search(rt_val self, rt_val *args, bool last)
{
    int64_t from, to;

    if (!rt_is_str(args[0])) {
        rt_raise(&rt_exc_TypeError, "must be str, not %T", args[0]);
        return -2;
    }
    if (rt_clip_range(args[1], args[2], rt_str_of(self)->len, &from, &to) < 0)
        return -2;
    return last ? rt_str_rfind(self, args[0], from, to)
                : rt_str_find(self, args[0], from, to);
}

static rt_val
str_find(rt_val self, rt_val *args)
{
    int64_t i = search(self, args, false);

    return i == -2 ? RT_NULL : rt_from_small(i);
}

static rt_val
str_rfind(rt_val self, rt_val *args)
{
    int64_t i = search(self, args, true);

    return i == -2 ? RT_NULL : rt_from_small(i);
}

static rt_val
found(int64_t i)
{
    if (i == -1)
        return rt_raise(&rt_exc_ValueError, "substring not found");
    return i == -2 ? RT_NULL : rt_from_small(i);
}

static rt_val
str_index(rt_val self, rt_val *args)
{
    return found(search(self, args, false));
}

static rt_val
str_rindex(rt_val self, rt_val *args)
{
    return found(search(self, args, true));
}

static rt_val
str_count(rt_val self, rt_val *args)
{
    int64_t from, to;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError, "must be str, not %T", args[0]);
    if (rt_clip_range(args[1], args[2], rt_str_of(self)->len, &from, &to) < 0)
        return RT_NULL;
    return rt_from_small(rt_str_count(self, args[0], from, to));
}

static rt_val
str_replace(rt_val self, rt_val *args)
{
    int64_t count = -1;
    int i;

    for (i = 0; i < 2; i++)
        if (!rt_is_str(args[i]))
            return rt_raise(&rt_exc_TypeError,
                            "replace() argument %d must be str, not %T", i + 1,
                            args[i]);
    if (!rt_is_null(args[2]) && rt_index_ssize(args[2], &count) < 0)
        return RT_NULL;
    return rt_str_replace(self, args[0], args[1], count);
}

static rt_val
str_join(rt_val self, rt_val *args)
{
    rt_val seq = args[0], *items;
    int64_t n, i;

    if (!rt_is_exact(seq, &rt_list_type) && !rt_is_exact(seq, &rt_tuple_type)) {
        if (rt_type_of(seq)->slots.iter == NULL &&
            rt_type_of(seq)->slots.getitem == NULL)
            return rt_raise(&rt_exc_TypeError, "can only join an iterable");
        seq = rt_sequence_list(seq);
        if (rt_is_null(seq))
            return RT_NULL;
    }
    items = rt_seq_items(seq, &n);
    for (i = 0; i < n; i++)
        if (!rt_is_str(items[i]))
            return rt_raise(&rt_exc_TypeError,
                            "sequence item %ld: expected str instance, %T "
                            "found",
                            (long)i, items[i]);
    return rt_str_join(self, items, n);
}

/* -- padding -- */

static rt_val
pad(rt_val self, int64_t left, int64_t right, uint32_t fill)
{
    struct rt_str *s = rt_str_of(self), *r;
    uint32_t m = rt_str_max(s);
    int64_t i;

    if (left <= 0 && right <= 0)
        return rt_str_exact(self);
    r = rt_str_alloc(s->len + left + right, m > fill ? m : fill);
    if (r == NULL)
        return RT_NULL;
    for (i = 0; i < left; i++)
        rt_str_put(r, i, fill);
    rt_str_copy(r, left, s, 0, s->len);
    for (i = left + s->len; i < r->len; i++)
        rt_str_put(r, i, fill);
    return rt_from_ptr(r);
}

/* Missing characters and the fill character; -1: exception. */
static int64_t
missing(rt_val self, rt_val *args, uint32_t *fill)
{
    int64_t width, n = rt_str_of(self)->len;

    if (rt_index_ssize(args[0], &width) < 0)
        return -1;
    *fill = ' ';
    if (!rt_is_null(args[1])) {
        if (!rt_is_str(args[1])) {
            rt_raise(&rt_exc_TypeError,
                     "The fill character must be a unicode character, not %T",
                     args[1]);
            return -1;
        }
        if (rt_str_of(args[1])->len != 1) {
            rt_raise(&rt_exc_TypeError, "The fill character must be exactly "
                                        "one character long");
            return -1;
        }
        *fill = rt_str_at(rt_str_of(args[1]), 0);
    }
    return width > n ? width - n : 0;
}

static rt_val
str_ljust(rt_val self, rt_val *args)
{
    uint32_t fill;
    int64_t n = missing(self, args, &fill);

    return n < 0 ? RT_NULL : pad(self, 0, n, fill);
}

static rt_val
str_rjust(rt_val self, rt_val *args)
{
    uint32_t fill;
    int64_t n = missing(self, args, &fill);

    return n < 0 ? RT_NULL : pad(self, n, 0, fill);
}

static rt_val
str_center(rt_val self, rt_val *args)
{
    uint32_t fill;
    int64_t n = missing(self, args, &fill), left;

    if (n < 0)
        return RT_NULL;
    left = n / 2 + (n & (n + rt_str_of(self)->len) & 1);
    return pad(self, left, n - left, fill);
}

static rt_val
str_zfill(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    int64_t width, n;
    uint32_t sign;
    rt_val r;

    if (rt_index_ssize(args[0], &width) < 0)
        return RT_NULL;
    n = width - s->len;
    if (n <= 0)
        return rt_str_exact(self);
    r = pad(self, n, 0, '0');
    if (rt_is_null(r) || s->len == 0)
        return r;
    sign = rt_str_at(s, 0);
    if (sign == '+' || sign == '-') {
        rt_str_put(rt_str_of(r), 0, sign);
        rt_str_put(rt_str_of(r), n, '0');
    }
    return r;
}

static rt_val
str_expandtabs(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);
    struct rt_builder b = {0};
    int64_t size = 8, column = 0, i, n;

    if (!rt_is_null(args[0]) && rt_index_int(args[0], &size) < 0)
        return RT_NULL;
    for (i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);

        if (c == '\t') {
            if (size <= 0)
                continue;
            n = size - column % size;
            column += n;
            rt_builder_fill(&b, ' ', n);
            continue;
        }
        rt_builder_add(&b, c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
    return rt_builder_finish(&b);
}

/* -- the rest -- */

static const char *
text_or(rt_val v, const char *otherwise, const char *what)
{
    if (rt_is_null(v))
        return otherwise;
    if (rt_is_str(v))
        return rt_str_utf8(v, NULL);
    rt_raise(&rt_exc_TypeError, "encode() argument '%s' must be str, not %T",
             what, v);
    return NULL;
}

static rt_val
str_encode(rt_val self, rt_val *args)
{
    const char *encoding, *errors;

    encoding = text_or(args[0], "utf-8", "encoding");
    if (encoding == NULL)
        return RT_NULL;
    errors = text_or(args[1], "strict", "errors");
    if (errors == NULL)
        return RT_NULL;
    return rt_encode(self, encoding, errors);
}

static rt_val
str_format(rt_val self, rt_val *args)
{
    return rt_str_do_format(self, args[0], args[1]);
}

static rt_val
str_format_map(rt_val self, rt_val *args)
{
    return rt_str_do_format(self, RT_NULL, args[0]);
}

static rt_val
str_dunder_format(rt_val self, rt_val *args)
{
    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "__format__() argument must be str, not %T", args[0]);
    return rt_str_format_spec(self, args[0]);
}

static rt_val
str_getnewargs(rt_val self, rt_val *args)
{
    (void)args;
    return rt_tuple_pack(1, rt_str_exact(self));
}

static rt_val
str_sizeof(rt_val self, rt_val *args)
{
    struct rt_str *s = rt_str_of(self);

    (void)args;
    return rt_from_small((s->ascii       ? 49
                          : s->kind == 1 ? 73
                          : s->kind == 2 ? 74
                                         : 76) +
                         s->len * s->kind);
}

#define PLAIN(name, doc)                                                       \
    RT_METHOD(#name, rt_strm_##name, PURE, "($self, /)", doc)
#define SEARCH(name, doc)                                                      \
    RT_METHOD(#name, str_##name, PURE,                                         \
              "($self, sub, start=None, end=None, /)", doc)
#define PAD(name, doc)                                                         \
    RT_METHOD(#name, str_##name, PURE, "($self, width, fillchar=' ', /)", doc)

const struct rt_method rt_str_methods[] = {
    PLAIN(capitalize, "Return a capitalized version of the string."),
    PLAIN(casefold,
          "Return a version of the string suitable for caseless comparisons."),
    PLAIN(lower, "Return a copy of the string converted to lowercase."),
    PLAIN(upper, "Return a copy of the string converted to uppercase."),
    PLAIN(swapcase, "Convert uppercase characters to lowercase and lowercase "
                    "characters to uppercase."),
    PLAIN(title,
          "Return a version of the string where each word is titlecased."),
    PLAIN(isalnum, "Return True if the string is an alpha-numeric string, "
                   "False otherwise."),
    PLAIN(isalpha, "Return True if the string is an alphabetic string, False "
                   "otherwise."),
    PLAIN(isascii, "Return True if all characters in the string are ASCII, "
                   "False otherwise."),
    PLAIN(isdecimal, "Return True if the string is a decimal string, False "
                     "otherwise."),
    PLAIN(isdigit,
          "Return True if the string is a digit string, False otherwise."),
    PLAIN(isidentifier, "Return True if the string is a valid Python "
                        "identifier, False otherwise."),
    PLAIN(islower, "Return True if the string is a lowercase string, False "
                   "otherwise."),
    PLAIN(isnumeric,
          "Return True if the string is a numeric string, False otherwise."),
    PLAIN(isprintable,
          "Return True if the string is printable, False otherwise."),
    PLAIN(isspace, "Return True if the string is a whitespace string, False "
                   "otherwise."),
    PLAIN(istitle, "Return True if the string is a title-cased string, False "
                   "otherwise."),
    PLAIN(isupper, "Return True if the string is an uppercase string, False "
                   "otherwise."),
    SEARCH(count, "Return the number of non-overlapping occurrences of "
                  "substring sub in string S[start:end]."),
    SEARCH(find, "Return the lowest index in S where substring sub is found, "
                 "or -1."),
    SEARCH(index, "Return the lowest index in S where substring sub is "
                  "found; ValueError if it is not."),
    SEARCH(rfind, "Return the highest index in S where substring sub is "
                  "found, or -1."),
    SEARCH(rindex, "Return the highest index in S where substring sub is "
                   "found; ValueError if it is not."),
    PAD(center, "Return a centered string of length width."),
    PAD(ljust, "Return a left-justified string of length width."),
    PAD(rjust, "Return a right-justified string of length width."),
    RT_METHOD("zfill", str_zfill, PURE, "($self, width, /)",
              "Pad a numeric string with zeros on the left, to fill a field "
              "of the given width."),
    RT_METHOD("expandtabs", str_expandtabs, PURE, "($self, /, tabsize=8)",
              "Return a copy where all tab characters are expanded using "
              "spaces."),
    RT_METHOD("encode", str_encode, ANY,
              "($self, /, encoding='utf-8', errors='strict')",
              "Encode the string using the codec registered for encoding."),
    RT_METHOD("startswith", rt_strm_startswith, PURE,
              "($self, prefix, start=None, end=None, /)",
              "Return True if S starts with the specified prefix, False "
              "otherwise."),
    RT_METHOD("endswith", rt_strm_endswith, PURE,
              "($self, suffix, start=None, end=None, /)",
              "Return True if S ends with the specified suffix, False "
              "otherwise."),
    RT_METHOD("removeprefix", rt_strm_removeprefix, PURE, "($self, prefix, /)",
              "Return a str with the given prefix string removed if "
              "present."),
    RT_METHOD("removesuffix", rt_strm_removesuffix, PURE, "($self, suffix, /)",
              "Return a str with the given suffix string removed if "
              "present."),
    RT_METHOD("split", rt_strm_split, ARGS_READS,
              "($self, /, sep=None, maxsplit=-1)",
              "Return a list of the substrings in the string, using sep as "
              "the separator string."),
    RT_METHOD("rsplit", rt_strm_rsplit, ARGS_READS,
              "($self, /, sep=None, maxsplit=-1)",
              "Return a list of the substrings in the string, using sep as "
              "the separator string, from the right."),
    RT_METHOD("splitlines", rt_strm_splitlines, ARGS_READS,
              "($self, /, keepends=False)",
              "Return a list of the lines in the string, breaking at line "
              "boundaries."),
    RT_METHOD("partition", rt_strm_partition, PURE, "($self, sep, /)",
              "Partition the string into three parts using the given "
              "separator."),
    RT_METHOD("rpartition", rt_strm_rpartition, PURE, "($self, sep, /)",
              "Partition the string into three parts using the given "
              "separator, from the right."),
    RT_METHOD("strip", rt_strm_strip, PURE, "($self, chars=None, /)",
              "Return a copy of the string with leading and trailing "
              "whitespace removed."),
    RT_METHOD("lstrip", rt_strm_lstrip, PURE, "($self, chars=None, /)",
              "Return a copy of the string with leading whitespace removed."),
    RT_METHOD("rstrip", rt_strm_rstrip, PURE, "($self, chars=None, /)",
              "Return a copy of the string with trailing whitespace "
              "removed."),
    RT_METHOD("replace", str_replace, PURE, "($self, old, new, count=-1, /)",
              "Return a copy with all occurrences of substring old replaced "
              "by new."),
    RT_METHOD_INLINED(RT_INLINE_JOIN, "join", str_join, ITEMS_READS,
                      "($self, iterable, /)",
                      "Concatenate any number of strings."),
    RT_METHOD("translate", rt_strm_translate, ANY, "($self, table, /)",
              "Replace each character in the string using the given "
              "translation table."),
    RT_STATICMETHOD("maketrans", rt_strm_maketrans, ANY,
                    "(x, y=None, z=None, /)",
                    "Return a translation table usable for "
                    "str.translate()."),
    RT_METHOD("format", str_format, ANY, "($self, /, *args, **kwargs)",
              "Return a formatted version of S, using substitutions from "
              "args and kwargs."),
    RT_METHOD("format_map", str_format_map, ANY, "($self, mapping, /)",
              "Return a formatted version of S, using substitutions from "
              "mapping."),
    RT_METHOD("__format__", str_dunder_format, READS, "($self, format_spec, /)",
              "Return a formatted version of the string as described by "
              "format_spec."),
    RT_METHOD("__getnewargs__", str_getnewargs, READS, "($self, /)", NULL),
    RT_METHOD("__sizeof__", str_sizeof, READS, "($self, /)",
              "Return the size of the string in memory, in bytes."),
    RT_END_METHODS,
};
