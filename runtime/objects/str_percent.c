/* SPDX-License-Identifier: MIT
 * runtime/objects/str_percent.c: the % operators of str and bytes. Both are one
 * machine that works on characters; bytes are taken as Latin-1 on the way.
 */
#include "config.h"

#include "runtime/objects/format.h"
#include "runtime/objects/number.h"
#include "runtime/objects/text.h"

#include <limits.h>
#include <stdlib.h>

enum { LEFT = 1, SIGN = 2, BLANK = 4, ALT = 8, ZERO = 16 };

struct conversion {
    int flags;
    int64_t width, precision; /* -1: not given */
    uint32_t type;
};

struct machine {
    struct rt_str *format;
    rt_val format_val; /* keeps it alive */
    int64_t pos;
    rt_val args, mapping; /* mapping RT_NULL: none */
    rt_val *items;
    int64_t nargs, next; /* nargs -1: args is the one argument; -2: [keyed],
                          * the value of a key; -3: that one was used */
    bool bytes;
    rt_val keyed;
    struct rt_builder out;
};

static int
fail(struct rt_type *type, const char *text)
{
    rt_raise(type, "%s", text);
    return -1;
}

/* -- arguments -- */

static rt_val
next_argument(struct machine *m)
{
    if (m->nargs == -2) {
        m->nargs = -3;
        return m->keyed;
    }
    if (m->nargs == -1 && m->next == 0) {
        m->next = 1;
        return m->args;
    }
    if (m->nargs >= 0 && m->next < m->nargs)
        return m->items[m->next++];
    return rt_raise(&rt_exc_TypeError,
                    "not enough arguments for format string");
}

static bool
more(const struct machine *m)
{
    return m->pos < m->format->len;
}

static uint32_t
peek(const struct machine *m)
{
    return rt_str_at(m->format, m->pos);
}

/* "(key)": its value becomes the argument. */
static int
read_key(struct machine *m)
{
    int64_t start = ++m->pos;
    int depth = 1;
    rt_val key;

    if (rt_is_null(m->mapping))
        return fail(&rt_exc_TypeError, "format requires a mapping");
    for (; more(m) && depth > 0; m->pos++)
        depth += peek(m) == '(' ? 1 : peek(m) == ')' ? -1 : 0;
    if (depth > 0)
        return fail(&rt_exc_ValueError, "incomplete format key");
    key = rt_str_slice(m->format_val, start, m->pos - 1);
    if (m->bytes)
        key = rt_encode(key, "latin-1", "strict");
    m->keyed = rt_getitem(m->mapping, key);
    if (rt_is_null(m->keyed))
        return -1;
    m->nargs = -2;
    return 0;
}

static int
read_size(struct machine *m, int64_t *out, bool width, struct conversion *c)
{
    const char *big = width ? "width too big" : "precision too big";
    rt_val v;

    if (more(m) && peek(m) == '*') {
        m->pos++;
        v = next_argument(m);
        if (rt_is_null(v))
            return -1;
        if (!rt_is_any_int(v))
            return fail(&rt_exc_TypeError, "* wants int");
        if (!rt_int_to_i64(v, out) || *out > INT_MAX || *out < -INT_MAX)
            return fail(&rt_exc_OverflowError,
                        width ? "Python int too large to convert to C ssize_t"
                              : "Python int too large to convert to C int");
        if (*out < 0 && width) {
            c->flags |= LEFT;
            *out = -*out;
        } else if (*out < 0) {
            *out = 0;
        }
        return 0;
    }
    for (; more(m) && peek(m) >= '0' && peek(m) <= '9'; m->pos++) {
        *out = (*out < 0 ? 0 : *out) * 10 + (peek(m) - '0');
        if (*out > INT_MAX)
            return fail(&rt_exc_ValueError, big);
    }
    return 0;
}

static int
read_conversion(struct machine *m, struct conversion *c)
{
    c->flags = 0;
    c->width = c->precision = -1;
    if (more(m) && peek(m) == '(' && read_key(m) < 0)
        return -1;
    for (; more(m); m->pos++) {
        uint32_t f = peek(m);
        int flag = f == '-'   ? LEFT
                   : f == '+' ? SIGN
                   : f == ' ' ? BLANK
                   : f == '#' ? ALT
                   : f == '0' ? ZERO
                              : 0;

        if (flag == 0)
            break;
        c->flags |= flag;
    }
    if (read_size(m, &c->width, true, c) < 0)
        return -1;
    if (more(m) && peek(m) == '.') {
        m->pos++;
        c->precision = 0;
        if (read_size(m, &c->precision, false, c) < 0)
            return -1;
    }
    while (more(m) && (peek(m) == 'h' || peek(m) == 'l' || peek(m) == 'L'))
        m->pos++;
    if (!more(m))
        return fail(&rt_exc_ValueError, "incomplete format");
    c->type = peek(m);
    m->pos++;
    return 0;
}

/* -- results -- */

static void
put(struct machine *m, rt_val s, const struct conversion *c)
{
    int64_t n = c->width - rt_str_of(s)->len;

    if (!(c->flags & LEFT))
        rt_builder_fill(&m->out, ' ', n);
    rt_builder_str(&m->out, s);
    if (c->flags & LEFT)
        rt_builder_fill(&m->out, ' ', n);
}

/* A number: [text] without its sign; the prefix is a part of it. */
static void
put_number(struct machine *m, const char *text, size_t prefix, bool negative,
           const struct conversion *c)
{
    char sign = negative           ? '-'
                : c->flags & SIGN  ? '+'
                : c->flags & BLANK ? ' '
                                   : 0;
    int64_t n = c->width - (int64_t)strlen(text) - (sign != 0);

    if (!(c->flags & (LEFT | ZERO)))
        rt_builder_fill(&m->out, ' ', n);
    if (sign != 0)
        rt_builder_add(&m->out, (unsigned char)sign);
    rt_builder_utf8(&m->out, text, (int64_t)prefix);
    if ((c->flags & ZERO) && !(c->flags & LEFT))
        rt_builder_fill(&m->out, '0', n);
    rt_builder_utf8(&m->out, text + prefix, -1);
    if (c->flags & LEFT)
        rt_builder_fill(&m->out, ' ', n);
}

/* -- conversions -- */

/* The int to show by d, i, u, x, X, o. */
static rt_val
to_integer(rt_val v, uint32_t type)
{
    struct rt_type *t = rt_type_of(v);
    bool decimal = type == 'd' || type == 'i' || type == 'u';
    rt_val r;

    if (rt_is_any_int(v))
        return rt_int_exact(v);
    if (!decimal) {
        if (t->slots.to_index != NULL)
            return rt_index(v);
        return rt_raise(&rt_exc_TypeError,
                        "%%%c format: an integer is required, not %T",
                        (int)type, v);
    }
    if (t->slots.to_index != NULL)
        return rt_index(v);
    if (t->slots.to_int == NULL)
        return rt_raise(&rt_exc_TypeError,
                        "%%%c format: a real number is required, not %T",
                        (int)type, v);
    r = t->slots.to_int(v);
    if (rt_is_null(r) || rt_is_any_int(r))
        return r;
    return rt_raise(&rt_exc_TypeError, "__int__ returned non-int (type %T)", r);
}

static int
put_integer(struct machine *m, rt_val v, const struct conversion *c)
{
    uint32_t t = c->type;
    int base = t == 'o' ? 8 : t == 'x' || t == 'X' ? 16 : 10;
    size_t prefix, digits, zeros = 0;
    char *text, *p;
    const char *shown;
    bool negative;
    rt_val s;

    v = to_integer(v, m->bytes && t == 'i' ? 'd' : t);
    if (rt_is_null(v))
        return -1;
    s = rt_int_str(v, base, "");
    if (rt_is_null(s))
        return -1;
    shown = rt_str_of(s)->data;
    negative = shown[0] == '-';
    shown += negative;
    digits = strlen(shown);
    prefix = base != 10 && (c->flags & ALT) ? 2 : 0;
    if (c->precision > (int64_t)digits)
        zeros = (size_t)c->precision - digits;
    text = p = malloc(prefix + zeros + digits + 1);
    if (text == NULL) {
        rt_raise_memory();
        return -1;
    }
    if (prefix != 0) {
        *p++ = '0';
        *p++ = (char)t;
    }
    memset(p, '0', zeros);
    memcpy(p + zeros, shown, digits + 1);
    if (t == 'X')
        for (; *p != 0; p++)
            if (*p >= 'a' && *p <= 'f')
                *p = (char)(*p - 32);
    put_number(m, text, prefix, negative, c);
    free(text);
    return 0;
}

static int
put_float(struct machine *m, rt_val v, const struct conversion *c)
{
    int precision = c->precision < 0 ? 6 : (int)c->precision;
    bool negative;
    char *text;
    double d;

    if (rt_is_str(v) || rt_as_double(v, &d) < 0) {
        if (rt_is_str(v) || m->bytes) {
            rt_exc_clear();
            rt_raise(&rt_exc_TypeError,
                     m->bytes ? "float argument required, not %T"
                              : "must be real number, not %T",
                     v);
        }
        return -1;
    }
    text = rt_format_double(d, (char)c->type, precision,
                            c->flags & ALT ? RT_FD_ALT : 0);
    if (text == NULL)
        return -1;
    negative = text[0] == '-';
    put_number(m, text + negative, 0, negative, c);
    free(text);
    return 0;
}

static int
put_char(struct machine *m, rt_val v, const struct conversion *c)
{
    int64_t code;

    if (!m->bytes && rt_is_str(v) && rt_str_of(v)->len == 1) {
        put(m, rt_str_exact(v), c);
        return 0;
    }
    if (m->bytes && (rt_is_bytes(v) || rt_is_bytearray(v))) {
        const char *data;

        if (rt_bytes_view(v, &data, &code) < 0)
            return -1;
        if (code == 1) {
            put(m, rt_str_from_char((unsigned char)data[0]), c);
            return 0;
        }
    }
    if (rt_is_str(v) || rt_is_any_float(v) ||
        (!rt_is_any_int(v) && rt_type_of(v)->slots.to_index == NULL))
        return fail(&rt_exc_TypeError,
                    m->bytes ? "%c requires an integer in range(256) or a "
                               "single byte"
                             : "%c requires int or char");
    if (rt_index_i64(v, &code, NULL) < 0)
        return -1;
    if (code < 0 || code > (m->bytes ? 255 : (int64_t)RT_MAX_CHAR))
        return fail(&rt_exc_OverflowError,
                    m->bytes ? "%c arg not in range(256)"
                             : "%c arg not in range(0x110000)");
    put(m, rt_str_from_char((uint32_t)code), c);
    return 0;
}

/* %b and %s of bytes: content of a buffer or of __bytes__(). */
static rt_val
bytes_content(rt_val v)
{
    rt_val f;

    if (!rt_is_buffer(v)) {
        f = rt_lookup_special(v, RT_ID(bytes));
        if (rt_is_null(f)) {
            if (!rt_raised())
                rt_raise(&rt_exc_TypeError,
                         "%%b requires a bytes-like object, or an object that "
                         "implements __bytes__, not '%T'",
                         v);
            return RT_NULL;
        }
        v = rt_call0(f);
        if (rt_is_null(v))
            return RT_NULL;
        if (!rt_is_bytes(v))
            return rt_raise(&rt_exc_TypeError,
                            "__bytes__ returned non-bytes (type %T)", v);
    }
    {
        const char *data;
        int64_t len;

        if (rt_bytes_view(v, &data, &len) < 0)
            return RT_NULL;
        return rt_str_from_latin1(data, len);
    }
}

static int
put_text(struct machine *m, rt_val v, const struct conversion *c)
{
    rt_val s;

    if (c->type == 'a' || (m->bytes && c->type == 'r'))
        s = rt_ascii(v);
    else if (c->type == 'r')
        s = rt_repr(v);
    else
        s = m->bytes ? bytes_content(v) : rt_str(v);
    if (rt_is_null(s))
        return -1;
    if (c->precision >= 0 && c->precision < rt_str_of(s)->len)
        s = rt_str_slice(s, 0, c->precision);
    put(m, s, c);
    return 0;
}

static int
unsupported(struct machine *m, uint32_t type)
{
    rt_raise(&rt_exc_ValueError,
             "unsupported format character '%c' (0x%x) at index %ld",
             type > 31 && type < 127 ? (int)type : '?', type,
             (long)(m->pos - 1));
    return -1;
}

static int
convert(struct machine *m, const struct conversion *c)
{
    rt_val v;

    v = next_argument(m);
    if (rt_is_null(v))
        return -1;
    if (c->type < 128 && c->type != 0) {
        if (strchr(m->bytes ? "sabr" : "sar", (int)c->type) != NULL)
            return put_text(m, v, c);
        if (strchr("diuoxX", (int)c->type) != NULL)
            return put_integer(m, v, c);
        if (strchr("eEfFgG", (int)c->type) != NULL)
            return put_float(m, v, c);
        if (c->type == 'c')
            return put_char(m, v, c);
    }
    return unsupported(m, c->type);
}

static int
run(struct machine *m)
{
    struct conversion c;

    while (more(m)) {
        uint32_t ch = peek(m);

        m->pos++;
        if (ch == '%' && more(m) && peek(m) == '%') {
            m->pos++;
        } else if (ch == '%') {
            if (read_conversion(m, &c) < 0 || convert(m, &c) < 0)
                return -1;
            continue;
        }
        rt_builder_add(&m->out, ch);
    }
    if (rt_is_null(m->mapping) && m->next < (m->nargs == -1 ? 1 : m->nargs))
        return fail(&rt_exc_TypeError,
                    m->bytes
                        ? "not all arguments converted during bytes formatting"
                        : "not all arguments converted during string "
                          "formatting");
    return 0;
}

static rt_val
percent(rt_val format, rt_val args, bool bytes)
{
    struct machine m = {0};
    struct rt_type *type = rt_type_of(args);

    m.format_val = format;
    m.format = rt_str_of(format);
    m.bytes = bytes;
    m.args = args;
    m.mapping = RT_NULL;
    if (rt_is_tuple(args)) {
        m.items = rt_seq_items(args, &m.nargs);
    } else {
        m.nargs = -1;
        if (type->slots.getitem != NULL && !rt_is_str(args) &&
            !(bytes && rt_is_buffer(args)))
            m.mapping = args;
    }
    if (run(&m) < 0) {
        rt_builder_drop(&m.out);
        return RT_NULL;
    }
    return rt_builder_finish(&m.out);
}

rt_val
rt_str_percent(rt_val format, rt_val args)
{
    return percent(format, args, false);
}

rt_val
rt_bytes_percent(rt_val format, rt_val args, bool array)
{
    const char *data;
    int64_t len;
    rt_val s;

    if (rt_bytes_view(format, &data, &len) < 0)
        return RT_NULL;
    s = percent(rt_str_from_latin1(data, len), args, true);
    if (rt_is_null(s))
        return RT_NULL;
    s = rt_encode(s, "latin-1", "strict");
    if (rt_is_null(s) || !array)
        return s;
    return rt_bytearray_new(rt_bytes_of(s)->data, rt_bytes_of(s)->len);
}
