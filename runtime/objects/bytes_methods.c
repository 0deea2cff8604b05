/* SPDX-License-Identifier: MIT
 * runtime/objects/bytes_methods.c: the methods that bytes and bytearray have in
 * common: searching, replacing, padding, case, hex. Results have the class of
 * self. Those that cut are in bytes_split.c.
 */
#include "config.h"

#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/text.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/buf.h"

/* self and its bytes; self is always bytes or bytearray. */
#define SELF                                                                   \
    const char *s;                                                             \
    int64_t len;                                                               \
                                                                               \
    rt_bytes_view(self, &s, &len)

static rt_val
finish(rt_val self, struct nac_buf *b)
{
    rt_val r;

    if (b->failed)
        return rt_raise_memory();
    r = rt_bytes_like(self, b->data, (int64_t)b->len);
    nac_buf_free(b);
    return r;
}

/* -- searching -- */

/* The bytes of a bytes-like object, or the one byte of an int. */
static int
sub_arg(rt_val v, const char **p, int64_t *n, char *byte)
{
    int c;

    if (rt_is_buffer(v))
        return rt_bytes_view(v, p, n);
    if (!rt_is_any_int(v) && rt_type_of(v)->slots.to_index == NULL) {
        rt_raise(&rt_exc_TypeError,
                 "argument should be integer or bytes-like object, not '%T'",
                 v);
        return -1;
    }
    c = rt_bytes_item(v);
    if (c < 0)
        return -1;
    *byte = (char)c;
    *p = byte;
    *n = 1;
    return 0;
}

/* -1: not found, -2: exception */
static int64_t
search(rt_val self, rt_val *args, bool last)
{
    const char *sub;
    int64_t n, from, to;
    char byte;
    SELF;

    if (sub_arg(args[0], &sub, &n, &byte) < 0 ||
        rt_clip_range(args[1], args[2], len, &from, &to) < 0)
        return -2;
    return last ? rt_mem_rfind(s, from, to, sub, n)
                : rt_mem_find(s, from, to, sub, n);
}

static rt_val
found(int64_t i, bool must)
{
    if (i == -1 && must)
        return rt_raise(&rt_exc_ValueError, "subsection not found");
    return i == -2 ? RT_NULL : rt_from_small(i);
}

rt_val
rt_bytesm_find(rt_val self, rt_val *args)
{
    return found(search(self, args, false), false);
}

rt_val
rt_bytesm_rfind(rt_val self, rt_val *args)
{
    return found(search(self, args, true), false);
}

rt_val
rt_bytesm_index(rt_val self, rt_val *args)
{
    return found(search(self, args, false), true);
}

rt_val
rt_bytesm_rindex(rt_val self, rt_val *args)
{
    return found(search(self, args, true), true);
}

rt_val
rt_bytesm_count(rt_val self, rt_val *args)
{
    const char *sub;
    int64_t n, from, to, count = 0;
    char byte;
    SELF;

    if (sub_arg(args[0], &sub, &n, &byte) < 0 ||
        rt_clip_range(args[1], args[2], len, &from, &to) < 0)
        return RT_NULL;
    if (to < from)
        return rt_from_small(0);
    if (n == 0)
        return rt_from_small(to - from + 1);
    while ((from = rt_mem_find(s, from, to, sub, n)) >= 0) {
        count++;
        from += n;
    }
    return rt_from_small(count);
}

rt_val
rt_bytesm_replace(rt_val self, rt_val *args)
{
    const char *old, *by;
    int64_t n, m, count = -1, at = 0, place;
    struct nac_buf b = {.soft = true};
    SELF;

    if (rt_bytes_view(args[0], &old, &n) < 0 ||
        rt_bytes_view(args[1], &by, &m) < 0)
        return RT_NULL;
    if (!rt_is_null(args[2]) && rt_index_ssize(args[2], &count) < 0)
        return RT_NULL;
    while (count != 0 && (place = rt_mem_find(s, at, len, old, n)) >= 0) {
        count--;
        if (n == 0) {
            nac_buf_put(&b, by, (size_t)m);
            if (at == len)
                break;
            nac_buf_putc(&b, s[at++]);
            continue;
        }
        nac_buf_put(&b, s + at, (size_t)(place - at));
        nac_buf_put(&b, by, (size_t)m);
        at = place + n;
    }
    nac_buf_put(&b, s + at, (size_t)(len - at));
    return finish(self, &b);
}

rt_val
rt_bytesm_join(rt_val self, rt_val *args)
{
    struct nac_buf b = {.soft = true};
    rt_val seq = args[0], *items;
    const char *p;
    int64_t n, i, m;
    SELF;

    if (!rt_is_list(seq) && !rt_is_tuple(seq)) {
        if (rt_type_of(seq)->slots.iter == NULL &&
            rt_type_of(seq)->slots.getitem == NULL)
            return rt_raise(&rt_exc_TypeError, "can only join an iterable");
        seq = rt_sequence_list(seq);
        if (rt_is_null(seq))
            return RT_NULL;
    }
    items = rt_seq_items(seq, &n);
    if (n == 1 && rt_is_exact(items[0], &rt_bytes_type) && rt_is_bytes(self))
        return items[0];
    for (i = 0; i < n; i++) {
        if (!rt_is_buffer(items[i])) {
            nac_buf_free(&b);
            return rt_raise(&rt_exc_TypeError,
                            "sequence item %ld: expected a bytes-like object, "
                            "%T found",
                            (long)i, items[i]);
        }
        if (i != 0)
            nac_buf_put(&b, s, (size_t)len);
        if (rt_bytes_view(items[i], &p, &m) < 0)
            break;
        nac_buf_put(&b, p, (size_t)m);
    }
    if (rt_raised()) {
        nac_buf_free(&b);
        return RT_NULL;
    }
    return finish(self, &b);
}

/* -- padding -- */

static rt_val
pad(rt_val self, int64_t left, int64_t right, char fill)
{
    struct nac_buf b = {.soft = true};
    SELF;

    nac_buf_fill(&b, fill, (size_t)left);
    nac_buf_put(&b, s, (size_t)len);
    nac_buf_fill(&b, fill, (size_t)right);
    return finish(self, &b);
}

static int64_t
missing(rt_val self, rt_val *args, char *fill, const char *name)
{
    const char *p;
    int64_t width, n;
    SELF;

    (void)s;
    if (rt_index_ssize(args[0], &width) < 0)
        return -1;
    *fill = ' ';
    if (!rt_is_null(args[1])) {
        if ((!rt_is_bytes(args[1]) && !rt_is_bytearray(args[1])) ||
            rt_bytes_view(args[1], &p, &n) < 0 || n != 1) {
            rt_raise(&rt_exc_TypeError,
                     "%s() argument 2 must be a byte string of length 1, not "
                     "%T",
                     name, args[1]);
            return -1;
        }
        *fill = p[0];
    }
    return width > len ? width - len : 0;
}

rt_val
rt_bytesm_ljust(rt_val self, rt_val *args)
{
    char fill;
    int64_t n = missing(self, args, &fill, "ljust");

    return n < 0 ? RT_NULL : pad(self, 0, n, fill);
}

rt_val
rt_bytesm_rjust(rt_val self, rt_val *args)
{
    char fill;
    int64_t n = missing(self, args, &fill, "rjust");

    return n < 0 ? RT_NULL : pad(self, n, 0, fill);
}

rt_val
rt_bytesm_center(rt_val self, rt_val *args)
{
    char fill;
    int64_t n = missing(self, args, &fill, "center"), left;
    SELF;

    (void)s;
    if (n < 0)
        return RT_NULL;
    left = n / 2 + (n & (n + len) & 1);
    return pad(self, left, n - left, fill);
}

rt_val
rt_bytesm_zfill(rt_val self, rt_val *args)
{
    struct nac_buf b = {.soft = true};
    int64_t width;
    SELF;

    if (rt_index_ssize(args[0], &width) < 0)
        return RT_NULL;
    if (width <= len)
        return rt_bytes_like(self, s, len);
    width -= len;
    if (len > 0 && (s[0] == '+' || s[0] == '-')) {
        nac_buf_putc(&b, s[0]);
        s++;
        len--;
    }
    nac_buf_fill(&b, '0', (size_t)width);
    nac_buf_put(&b, s, (size_t)len);
    return finish(self, &b);
}

rt_val
rt_bytesm_expandtabs(rt_val self, rt_val *args)
{
    struct nac_buf b = {.soft = true};
    int64_t size = 8, column = 0, i, n;
    SELF;

    if (!rt_is_null(args[0]) && rt_index_int(args[0], &size) < 0)
        return RT_NULL;
    for (i = 0; i < len; i++) {
        if (s[i] == '\t') {
            if (size <= 0)
                continue;
            n = size - column % size;
            column += n;
            nac_buf_fill(&b, ' ', (size_t)n);
            continue;
        }
        nac_buf_putc(&b, s[i]);
        column = s[i] == '\n' || s[i] == '\r' ? 0 : column + 1;
    }
    return finish(self, &b);
}

/* -- case (ASCII) -- */

static bool
ascii_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool
ascii_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char
to_lower(char c)
{
    return ascii_upper(c) ? (char)(c + 32) : c;
}

static char
to_upper(char c)
{
    return ascii_lower(c) ? (char)(c - 32) : c;
}

enum mapping { LOWER, UPPER, SWAP, CAPITALIZE, TITLE };

static rt_val
map_case(rt_val self, enum mapping how)
{
    struct nac_buf b = {.soft = true};
    bool cased = false;
    int64_t i;
    SELF;

    for (i = 0; i < len; i++) {
        char c = s[i];

        if (how == LOWER)
            c = to_lower(c);
        else if (how == UPPER)
            c = to_upper(c);
        else if (how == SWAP)
            c = ascii_lower(c) ? to_upper(c) : to_lower(c);
        else if (how == CAPITALIZE)
            c = i == 0 ? to_upper(c) : to_lower(c);
        else
            c = cased ? to_lower(c) : to_upper(c);
        cased = ascii_lower(c) || ascii_upper(c);
        nac_buf_putc(&b, c);
    }
    return finish(self, &b);
}

#define CASE(name, how)                                                        \
    rt_val rt_bytesm_##name(rt_val self, rt_val *args)                         \
    {                                                                          \
        (void)args;                                                            \
        return map_case(self, how);                                            \
    }

CASE(lower, LOWER)
CASE(upper, UPPER)
CASE(swapcase, SWAP)
CASE(capitalize, CAPITALIZE)
CASE(title, TITLE)
#undef CASE

static bool
ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
ascii_alpha(char c)
{
    return ascii_lower(c) || ascii_upper(c);
}

static bool
ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
ascii_alnum(char c)
{
    return ascii_alpha(c) || ascii_digit(c);
}

#define QUESTION(name, test)                                                   \
    rt_val rt_bytesm_##name(rt_val self, rt_val *args)                         \
    {                                                                          \
        int64_t i;                                                             \
        SELF;                                                                  \
                                                                               \
        (void)args;                                                            \
        for (i = 0; i < len; i++)                                              \
            if (!test(s[i]))                                                   \
                return rt_False;                                               \
        return rt_from_bool(len != 0);                                         \
    }

QUESTION(isalnum, ascii_alnum)
QUESTION(isalpha, ascii_alpha)
QUESTION(isdigit, ascii_digit)
QUESTION(isspace, ascii_space)
#undef QUESTION

rt_val
rt_bytesm_isascii(rt_val self, rt_val *args)
{
    int64_t i;
    SELF;

    (void)args;
    for (i = 0; i < len; i++)
        if ((unsigned char)s[i] >= 128)
            return rt_False;
    return rt_True;
}

static rt_val
all_cased(rt_val self, bool (*wrong)(char))
{
    bool any = false;
    int64_t i;
    SELF;

    for (i = 0; i < len; i++) {
        if (wrong(s[i]))
            return rt_False;
        any |= ascii_alpha(s[i]);
    }
    return rt_from_bool(any);
}

rt_val
rt_bytesm_islower(rt_val self, rt_val *args)
{
    (void)args;
    return all_cased(self, ascii_upper);
}

rt_val
rt_bytesm_isupper(rt_val self, rt_val *args)
{
    (void)args;
    return all_cased(self, ascii_lower);
}

rt_val
rt_bytesm_istitle(rt_val self, rt_val *args)
{
    bool cased = false, any = false;
    int64_t i;
    SELF;

    (void)args;
    for (i = 0; i < len; i++) {
        if (ascii_upper(s[i]) ? cased : ascii_lower(s[i]) && !cased)
            return rt_False;
        cased = ascii_alpha(s[i]);
        any |= cased;
    }
    return rt_from_bool(any);
}

/* -- text and tables -- */

static const char *
text_or(rt_val v, const char *otherwise, const char *what)
{
    if (rt_is_null(v))
        return otherwise;
    if (rt_is_str(v))
        return rt_str_utf8(v, NULL);
    rt_raise(&rt_exc_TypeError, "decode() argument '%s' must be str, not %T",
             what, v);
    return NULL;
}

rt_val
rt_bytesm_decode(rt_val self, rt_val *args)
{
    const char *encoding, *errors;
    SELF;

    encoding = text_or(args[0], "utf-8", "encoding");
    if (encoding == NULL)
        return RT_NULL;
    errors = text_or(args[1], "strict", "errors");
    if (errors == NULL)
        return RT_NULL;
    return rt_decode(s, len, encoding, errors);
}

static int
hex_digit(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return (int)c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : -1;
}

rt_val
rt_bytesm_fromhex(rt_val cls, rt_val *args)
{
    struct nac_buf b = {.soft = true};
    struct rt_str *s;
    int64_t i = 0;
    rt_val r;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError,
                        "fromhex() argument must be str, not %T", args[0]);
    s = rt_str_of(args[0]);
    while (i < s->len) {
        uint32_t c = rt_str_at(s, i);
        int high, low = -1;

        if (c < 128 && ascii_space((char)c)) {
            i++;
            continue;
        }
        high = hex_digit(c);
        if (high >= 0) {
            i++;
            low = i < s->len ? hex_digit(rt_str_at(s, i)) : -1;
        }
        if (low < 0) {
            nac_buf_free(&b);
            return rt_raise(&rt_exc_ValueError,
                            "non-hexadecimal number found in fromhex() arg at "
                            "position %ld",
                            (long)i);
        }
        i++;
        nac_buf_putc(&b, (char)(high << 4 | low));
    }
    r = b.failed ? rt_raise_memory() : rt_bytes_new(b.data, (int64_t)b.len);
    nac_buf_free(&b);
    if (rt_is_null(r) || rt_ptr(cls) == &rt_bytes_type)
        return r;
    return rt_call1(cls, r);
}

rt_val
rt_hex_text(const char *s, int64_t len, rt_val sep, rt_val per)
{
    static const char hex[] = "0123456789abcdef";
    struct nac_buf b = {.soft = true};
    int64_t group = 1, i, n;
    const char *p;
    char mark = 0;
    rt_val r;

    if (!rt_is_null(sep)) {
        if (rt_is_str(sep)) {
            if (rt_str_of(sep)->len != 1)
                return rt_raise(&rt_exc_ValueError, "sep must be length 1.");
            if (!rt_str_of(sep)->ascii)
                return rt_raise(&rt_exc_ValueError, "sep must be ASCII.");
            mark = rt_str_of(sep)->data[0];
        } else if (rt_is_bytes(sep)) {
            rt_bytes_view(sep, &p, &n);
            if (n != 1)
                return rt_raise(&rt_exc_ValueError, "sep must be length 1.");
            mark = p[0];
        } else {
            return rt_raise(&rt_exc_TypeError, "sep must be str or bytes.");
        }
        if (!rt_is_null(per) && rt_index_ssize(per, &group) < 0)
            return RT_NULL;
    } else {
        group = 0;
    }
    for (i = 0; i < len; i++) {
        int64_t from = group > 0 ? len - i : i;
        int64_t size = group < 0 ? -group : group;

        if (i != 0 && size != 0 && from % size == 0)
            nac_buf_putc(&b, mark);
        nac_buf_putc(&b, hex[(unsigned char)s[i] >> 4]);
        nac_buf_putc(&b, hex[(unsigned char)s[i] & 15]);
    }
    r = b.failed ? rt_raise_memory()
                 : rt_str_from_ascii(b.data, (int64_t)b.len);
    nac_buf_free(&b);
    return r;
}

rt_val
rt_bytesm_hex(rt_val self, rt_val *args)
{
    SELF;
    return rt_hex_text(s, len, args[0], args[1]);
}

rt_val
rt_bytesm_translate(rt_val self, rt_val *args)
{
    const char *table = NULL, *gone = NULL;
    int64_t n, m = 0, i;
    struct nac_buf b = {.soft = true};
    SELF;

    if (!rt_is_none(args[0])) {
        if (rt_bytes_view(args[0], &table, &n) < 0)
            return RT_NULL;
        if (n != 256)
            return rt_raise(&rt_exc_ValueError, "translation table must be "
                                                "256 characters long");
    }
    if (!rt_is_null(args[1]) && rt_bytes_view(args[1], &gone, &m) < 0)
        return RT_NULL;
    for (i = 0; i < len; i++) {
        if (m != 0 && memchr(gone, (unsigned char)s[i], (size_t)m) != NULL)
            continue;
        nac_buf_putc(&b, table == NULL ? s[i] : table[(unsigned char)s[i]]);
    }
    return finish(self, &b);
}

rt_val
rt_bytesm_maketrans(rt_val self, rt_val *args)
{
    const char *from, *to;
    int64_t n, m, i;
    char table[256];

    (void)self;
    if (rt_bytes_view(args[0], &from, &n) < 0 ||
        rt_bytes_view(args[1], &to, &m) < 0)
        return RT_NULL;
    if (n != m)
        return rt_raise(&rt_exc_ValueError,
                        "maketrans arguments must have same length");
    for (i = 0; i < 256; i++)
        table[i] = (char)i;
    for (i = 0; i < n; i++)
        table[(unsigned char)from[i]] = to[i];
    return rt_bytes_new(table, 256);
}
