/* SPDX-License-Identifier: MIT
 * runtime/objects/format_spec.c: the format mini-language of int, float,
 * complex and str:
 *   [[fill]align][sign][z][#][0][width][grouping][.precision][type]
 */
#include "config.h"

#include "runtime/objects/format.h"
#include "runtime/objects/number.h"
#include "runtime/objects/str_parts.h"
#include "runtime/objects/text.h"

#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

struct spec {
    uint32_t fill, align, sign, type; /* align, sign: 0 where not given */
    bool fill_given, align_given, alternate, no_neg_zero;
    uint32_t grouping;        /* 0, ',', '_' */
    int64_t width, precision; /* -1: not given */
};

/* -- parsing -- */

static bool
is_align(uint32_t c)
{
    return c == '<' || c == '>' || c == '=' || c == '^';
}

/* Decimal digits at *pos; -1: none, -2: exception. */
static int64_t
read_number(const struct rt_str *s, int64_t *pos)
{
    int64_t v = 0, start = *pos;
    int digit;

    while (*pos < s->len &&
           (digit = rt_char_decimal(rt_str_at(s, *pos))) >= 0) {
        if (v > (INT64_MAX - digit) / 10) {
            rt_raise(&rt_exc_ValueError,
                     "Too many decimal digits in format string");
            return -2;
        }
        v = v * 10 + digit;
        ++*pos;
    }
    return *pos == start ? -1 : v;
}

static int
both_groupings(void)
{
    rt_raise(&rt_exc_ValueError, "Cannot specify both ',' and '_'.");
    return -1;
}

static int
bad_grouping(uint32_t grouping, uint32_t type)
{
    if (type > 32 && type < 128)
        rt_raise(&rt_exc_ValueError, "Cannot specify '%c' with '%c'.",
                 (int)grouping, (int)type);
    else
        rt_raise(&rt_exc_ValueError, "Cannot specify '%c' with '\\x%x'.",
                 (int)grouping, type);
    return -1;
}

static int
unknown_code(uint32_t type, rt_val v)
{
    if (type > 32 && type < 128)
        rt_raise(&rt_exc_ValueError,
                 "Unknown format code '%c' for object of type '%T'", (int)type,
                 v);
    else
        rt_raise(&rt_exc_ValueError,
                 "Unknown format code '\\x%x' for object of type '%T'", type,
                 v);
    return -1;
}

static int
parse_grouping(struct spec *f, const struct rt_str *s, int64_t *pos)
{
    if (*pos < s->len && rt_str_at(s, *pos) == ',') {
        f->grouping = ',';
        ++*pos;
    }
    if (*pos < s->len && rt_str_at(s, *pos) == '_') {
        if (f->grouping != 0)
            return both_groupings();
        f->grouping = '_';
        ++*pos;
    }
    if (*pos < s->len && rt_str_at(s, *pos) == ',' && f->grouping == '_')
        return both_groupings();
    return 0;
}

static int
check_grouping(const struct spec *f)
{
    if (f->grouping == 0)
        return 0;
    if (f->type == 0 || (f->type < 128 && strchr("defgEG%F", (int)f->type)))
        return 0;
    if (f->grouping == '_' && f->type < 128 && strchr("boxX", (int)f->type))
        return 0;
    return bad_grouping(f->grouping, f->type);
}

static int
parse_flags(struct spec *f, const struct rt_str *s, uint32_t align)
{
    int64_t pos = 0, n = s->len;
    uint32_t c;

    if (n >= 2 && is_align(rt_str_at(s, 1))) {
        f->fill = rt_str_at(s, 0);
        f->align = rt_str_at(s, 1);
        f->fill_given = f->align_given = true;
        pos = 2;
    } else if (n >= 1 && is_align(rt_str_at(s, 0))) {
        f->align = rt_str_at(s, 0);
        f->align_given = true;
        pos = 1;
    }
    c = pos < n ? rt_str_at(s, pos) : 0;
    if (c == ' ' || c == '+' || c == '-') {
        f->sign = c;
        pos++;
    }
    if (pos < n && rt_str_at(s, pos) == 'z') {
        f->no_neg_zero = true;
        pos++;
    }
    if (pos < n && rt_str_at(s, pos) == '#') {
        f->alternate = true;
        pos++;
    }
    if (!f->fill_given && pos < n && rt_str_at(s, pos) == '0') {
        f->fill = '0';
        if (!f->align_given && align == '>')
            f->align = '=';
        pos++;
    }
    return (int)pos;
}

/* [align], [type]: the defaults of the value's type. 0, or -1. */
static int
parse_spec(struct spec *f, rt_val v, rt_val spec, uint32_t align, uint32_t type)
{
    struct rt_str *s = rt_str_of(spec);
    int64_t pos;

    memset(f, 0, sizeof *f);
    f->fill = ' ';
    f->align = align;
    f->type = type;
    f->precision = -1;
    pos = parse_flags(f, s, align);
    f->width = read_number(s, &pos);
    if (f->width == -2 || parse_grouping(f, s, &pos) < 0)
        return -1;
    if (pos < s->len && rt_str_at(s, pos) == '.') {
        pos++;
        f->precision = read_number(s, &pos);
        if (f->precision == -2)
            return -1;
        if (f->precision == -1) {
            rt_raise(&rt_exc_ValueError, "Format specifier missing precision");
            return -1;
        }
    }
    if (s->len - pos > 1) {
        rt_raise(&rt_exc_ValueError,
                 "Invalid format specifier '%U' for object of type '%T'", spec,
                 v);
        return -1;
    }
    if (pos < s->len)
        f->type = rt_str_at(s, pos);
    return check_grouping(f);
}

/* -- putting together -- */

/* Text that is padded as a whole. */
static rt_val
padded(struct rt_builder *text, const struct spec *f)
{
    struct rt_builder b = {0};
    int64_t n = f->width - text->len, left, i;

    if (n <= 0)
        return rt_builder_finish(text);
    left = f->align == '>' || f->align == '=' ? n : f->align == '^' ? n / 2 : 0;
    rt_builder_fill(&b, f->fill, left);
    for (i = 0; i < text->len; i++)
        rt_builder_add(&b, rt_builder_at(text, i));
    rt_builder_fill(&b, f->fill, n - left);
    rt_builder_drop(text);
    return rt_builder_finish(&b);
}

/* The parts of a number: sign, prefix ("0x"), digits before the point, the rest
 * as it is. */
struct number {
    char sign; /* 0: none */
    const char *prefix;
    const char *digits;
    int64_t ndigits;
    const char *rest;
    /* of the locale */
    const char *point, *separator, *groups;
};

static void
set_locale(struct number *n, const struct spec *f)
{
    static const char by3[] = {3, 0}, by4[] = {4, 0}, none[] = {CHAR_MAX, 0};

    n->point = ".";
    n->separator = "";
    n->groups = none;
    if (f->type == 'n') {
        const struct lconv *lc = localeconv();

        n->point = lc->decimal_point;
        n->separator = lc->thousands_sep;
        n->groups = lc->grouping;
        if (n->groups[0] == 0)
            n->groups = none;
    } else if (f->grouping != 0) {
        n->separator = f->grouping == ',' ? "," : "_";
        n->groups =
            f->type < 128 && f->type != 0 && strchr("bxXo", (int)f->type) ? by4
                                                                          : by3;
    }
}

/* Digits with separators and leading zeros up to [least] characters. Written
 * from the end; returns where it begins in [out], which has room for [cap]. */
static int64_t
group(const struct number *n, int64_t least, uint32_t *out, int64_t cap)
{
    const char *g = n->groups;
    int64_t at = cap, i = n->ndigits, in_group = 0;

    while (i > 0 || cap - at < least) {
        if (*g != CHAR_MAX && in_group == *g) {
            if (n->separator[0] != 0)
                out[--at] = (unsigned char)n->separator[0];
            in_group = 0;
            if (g[1] != 0)
                g++;
        }
        out[--at] = i > 0 ? (unsigned char)n->digits[--i] : '0';
        in_group++;
    }
    return at;
}

static void
add_grouped(struct rt_builder *b, const struct number *n, int64_t least)
{
    int64_t cap, at;
    uint32_t *out;

    if (n->separator[0] == 0 && n->ndigits >= least) {
        rt_builder_utf8(b, n->digits, n->ndigits);
        return;
    }
    cap = 2 * (n->ndigits > least ? n->ndigits : least) + 4;
    out = malloc((size_t)cap * sizeof *out);
    if (out == NULL) {
        rt_builder_fail(b);
        return;
    }
    for (at = group(n, least, out, cap); at < cap; at++)
        rt_builder_add(b, out[at]);
    free(out);
}

/* How many fill characters go before the sign, before the digits and behind. */
struct padding {
    int64_t left, inner, right;
};

static struct padding
distribute(int64_t pad, uint32_t align)
{
    struct padding p = {0, 0, 0};

    if (pad <= 0)
        return p;
    if (align == '<')
        p.right = pad;
    else if (align == '=')
        p.inner = pad;
    else
        p.left = align == '^' ? pad / 2 : pad;
    if (align == '^')
        p.right = pad - p.left;
    return p;
}

/* The common case: ASCII and no separators, written in place. */
static rt_val
layout_ascii(const struct number *n, const struct spec *f, int64_t fixed)
{
    size_t prefix = strlen(n->prefix), rest = strlen(n->rest);
    struct padding pad = distribute(f->width - fixed - n->ndigits, f->align);
    struct rt_str *s = rt_str_alloc(
        fixed + n->ndigits + pad.left + pad.inner + pad.right, 0x7F);
    char *p;

    if (s == NULL)
        return RT_NULL;
    p = s->data;
    memset(p, (int)f->fill, (size_t)pad.left);
    p += pad.left;
    if (n->sign != 0)
        *p++ = n->sign;
    memcpy(p, n->prefix, prefix);
    p += prefix;
    memset(p, (int)f->fill, (size_t)pad.inner);
    p += pad.inner;
    memcpy(p, n->digits, (size_t)n->ndigits);
    p += n->ndigits;
    memcpy(p, n->rest, rest);
    memset(p + rest, (int)f->fill, (size_t)pad.right);
    return rt_from_ptr(s);
}

static rt_val
layout(const struct number *n, const struct spec *f)
{
    struct rt_builder digits = {0}, b = {0};
    struct padding pad;
    int64_t fixed, i, least = 0;
    const char *p = n->rest;

    fixed =
        (n->sign != 0) + (int64_t)strlen(n->prefix) + (int64_t)strlen(n->rest);
    if (f->type != 'n' && f->grouping == 0 && f->fill < 128)
        return layout_ascii(n, f, fixed);
    if (*p == '.')
        fixed += (int64_t)strlen(n->point) - 1;
    if (f->fill == '0' && f->align == '=' && f->width > fixed)
        least = f->width - fixed;
    if (n->ndigits != 0)
        add_grouped(&digits, n, least);
    pad = distribute(f->width - fixed - digits.len, f->align);
    rt_builder_fill(&b, f->fill, pad.left);
    if (n->sign != 0)
        rt_builder_add(&b, (unsigned char)n->sign);
    rt_builder_utf8(&b, n->prefix, -1);
    rt_builder_fill(&b, f->fill, pad.inner);
    for (i = 0; i < digits.len; i++)
        rt_builder_add(&b, rt_builder_at(&digits, i));
    if (*p == '.') {
        rt_builder_utf8(&b, n->point, -1);
        p++;
    }
    rt_builder_utf8(&b, p, -1);
    rt_builder_fill(&b, f->fill, pad.right);
    rt_builder_drop(&digits);
    return rt_builder_finish(&b);
}

static char
sign_char(bool negative, uint32_t sign)
{
    if (negative)
        return '-';
    return sign == '+' || sign == ' ' ? (char)sign : 0;
}

/* -- int -- */

static rt_val
raise_value(const char *text)
{
    return rt_raise(&rt_exc_ValueError, "%s", text);
}

static rt_val
format_char(rt_val v, const struct spec *f)
{
    struct rt_builder b = {0};
    struct spec layout_spec = *f;
    int64_t c;

    if (f->sign != 0)
        return raise_value(
            "Sign not allowed with integer format specifier 'c'");
    if (f->alternate)
        return raise_value("Alternate form (#) not allowed with integer "
                           "format specifier 'c'");
    if (!rt_int_to_i64(v, &c))
        return rt_raise(&rt_exc_OverflowError,
                        "Python int too large to convert to C long");
    if (c < 0 || c > RT_MAX_CHAR)
        return rt_raise(&rt_exc_OverflowError,
                        "%%c arg not in range(0x110000)");
    rt_builder_add(&b, (uint32_t)c);
    return padded(&b, &layout_spec);
}

static rt_val
format_integer(rt_val v, const struct spec *f)
{
    struct number n = {0};
    const char *text;
    rt_val digits;
    int base = 10;
    bool negative;
    char upper[3];

    if (f->precision != -1)
        return raise_value("Precision not allowed in integer format specifier");
    if (f->no_neg_zero)
        return raise_value("Negative zero coercion (z) not allowed in integer "
                           "format specifier");
    if (f->type == 'c')
        return format_char(v, f);
    n.prefix = "";
    if (f->type == 'b' || f->type == 'o' || f->type == 'x' || f->type == 'X') {
        base = f->type == 'b' ? 2 : f->type == 'o' ? 8 : 16;
        upper[0] = '0';
        upper[1] = (char)f->type;
        upper[2] = 0;
        if (f->alternate)
            n.prefix = upper;
    }
    digits = rt_int_str(v, base, "");
    if (rt_is_null(digits))
        return RT_NULL;
    if (f->type == 'X')
        digits = rt_strm_upper(digits, NULL);
    text = rt_str_of(digits)->data;
    negative = text[0] == '-';
    n.digits = text + negative;
    n.ndigits = rt_str_of(digits)->len - negative;
    n.sign = sign_char(negative, f->sign);
    n.rest = "";
    set_locale(&n, f);
    return layout(&n, f);
}

/* -- float -- */

/* Digits before the point, and what follows. */
static void
split_text(struct number *n, const char *text)
{
    n->digits = text;
    while (*text >= '0' && *text <= '9')
        text++;
    n->ndigits = text - n->digits;
    n->rest = text;
}

static bool
is_zero_text(const char *text)
{
    for (; *text != 0 && *text != 'e' && *text != 'E'; text++)
        if (*text >= '1' && *text <= '9')
            return false;
    return true;
}

/* The type code for rt_format_double and its precision. 0, or -1. */
static int
double_code(const struct spec *f, char *code, int *precision, int *flags,
            bool shortest)
{
    *flags = f->alternate ? RT_FD_ALT : 0;
    *code = f->type == 'n' ? 'g' : f->type == '%' ? 'f' : (char)f->type;
    *precision = 6;
    if (f->type == 0) {
        *code = 'r';
        *precision = 0;
        if (!shortest)
            *flags |= RT_FD_ADD_DOT_0;
    }
    if (f->precision > INT_MAX) {
        raise_value("precision too big");
        return -1;
    }
    if (f->precision >= 0) {
        *precision = (int)f->precision;
        if (*code == 'r')
            *code = 'g';
    }
    return 0;
}

static char *
double_text(double d, const struct spec *f, char code, int precision, int flags,
            bool *negative)
{
    char *text = rt_format_double(d, code, precision, flags);

    if (text == NULL)
        return NULL;
    *negative = text[0] == '-';
    if (*negative)
        memmove(text, text + 1, strlen(text));
    if (*negative && f->no_neg_zero && isfinite(d) && is_zero_text(text))
        *negative = false;
    return text;
}

static rt_val
format_double(double d, const struct spec *f)
{
    struct number n = {0};
    int precision, flags;
    bool negative;
    char code, *text;
    rt_val r;

    if (double_code(f, &code, &precision, &flags, false) < 0)
        return RT_NULL;
    if (f->type == '%')
        d *= 100;
    text = double_text(d, f, code, precision, flags, &negative);
    if (text == NULL)
        return RT_NULL;
    if (f->type == '%') {
        char *longer = realloc(text, strlen(text) + 2);

        if (longer == NULL) {
            free(text);
            return rt_raise_memory();
        }
        text = longer;
        strcat(text, "%");
    }
    split_text(&n, text);
    n.sign = sign_char(negative, f->sign);
    n.prefix = "";
    set_locale(&n, f);
    r = layout(&n, f);
    free(text);
    return r;
}

static bool
is_float_type(uint32_t type)
{
    return type == 0 || (type < 128 && strchr("eEfFgGn%", (int)type));
}

rt_val
rt_float_format(rt_val v, rt_val spec)
{
    struct spec f;

    if (rt_str_of(spec)->len == 0)
        return rt_type_of(v) == &rt_float_type ? rt_float_repr(rt_any_float(v))
                                               : rt_str(v);
    if (parse_spec(&f, v, spec, '>', 0) < 0)
        return RT_NULL;
    if (!is_float_type(f.type)) {
        unknown_code(f.type, v);
        return RT_NULL;
    }
    return format_double(rt_any_float(v), &f);
}

rt_val
rt_int_format(rt_val v, rt_val spec)
{
    struct spec f;
    double d;

    if (rt_str_of(spec)->len == 0)
        return rt_str(v);
    if (parse_spec(&f, v, spec, '>', 'd') < 0)
        return RT_NULL;
    if (f.type < 128 && f.type != 0 && strchr("bcdoxXn", (int)f.type))
        return format_integer(v, &f);
    if (f.type != 0 && is_float_type(f.type)) {
        d = rt_int_to_double(v);
        return d == -1.0 && rt_raised() ? RT_NULL : format_double(d, &f);
    }
    unknown_code(f.type, v);
    return RT_NULL;
}

/* -- complex -- */

static rt_val
complex_part(double d, const struct spec *f, uint32_t sign)
{
    struct spec part = *f;
    struct number n = {0};
    int precision, flags;
    bool negative;
    char code, *text;
    rt_val r;

    if (double_code(f, &code, &precision, &flags, true) < 0)
        return RT_NULL;
    part.width = -1;
    part.align = '>';
    part.fill = ' ';
    text = double_text(d, f, code, precision, flags, &negative);
    if (text == NULL)
        return RT_NULL;
    split_text(&n, text);
    n.sign = sign_char(negative, sign);
    n.prefix = "";
    set_locale(&n, f);
    r = layout(&n, &part);
    free(text);
    return r;
}

rt_val
rt_complex_format(rt_val v, rt_val spec)
{
    struct rt_complex *z = rt_ptr(v);
    struct rt_builder b = {0};
    struct spec f;
    rt_val re, im;
    bool skip_re, parens;

    if (rt_str_of(spec)->len == 0)
        return rt_str(v);
    if (parse_spec(&f, v, spec, '>', 0) < 0)
        return RT_NULL;
    if (!is_float_type(f.type) || f.type == '%') {
        unknown_code(f.type, v);
        return RT_NULL;
    }
    if (f.fill == '0')
        return raise_value(
            "Zero padding is not allowed in complex format specifier");
    if (f.align == '=')
        return raise_value("'=' alignment flag is not allowed in complex "
                           "format specifier");
    skip_re = f.type == 0 && z->real == 0.0 && !signbit(z->real);
    parens = f.type == 0 && !skip_re;
    re = complex_part(z->real, &f, f.sign);
    im = complex_part(z->imag, &f, skip_re ? f.sign : '+');
    if (rt_is_null(re) || rt_is_null(im))
        return RT_NULL;
    if (parens)
        rt_builder_add(&b, '(');
    if (!skip_re)
        rt_builder_str(&b, re);
    rt_builder_str(&b, im);
    rt_builder_add(&b, 'j');
    if (parens)
        rt_builder_add(&b, ')');
    return padded(&b, &f);
}

/* -- str -- */

static rt_val
padded_str(rt_val v, const struct spec *f)
{
    struct rt_str *s = rt_str_of(v), *r;
    struct padding pad = distribute(f->width - s->len, f->align);
    uint32_t m = rt_str_max(s);
    int64_t i;

    r = rt_str_alloc(f->width, m > f->fill ? m : f->fill);
    if (r == NULL)
        return RT_NULL;
    for (i = 0; i < pad.left; i++)
        rt_str_put(r, i, f->fill);
    rt_str_copy(r, pad.left, s, 0, s->len);
    for (i = pad.left + s->len; i < r->len; i++)
        rt_str_put(r, i, f->fill);
    return rt_from_ptr(r);
}

rt_val
rt_str_format_spec(rt_val v, rt_val spec)
{
    struct spec f;
    int64_t n;

    if (rt_str_of(spec)->len == 0)
        return rt_is_exact(v, &rt_str_type) ? v : rt_str(v);
    if (parse_spec(&f, v, spec, '<', 's') < 0)
        return RT_NULL;
    if (f.type != 's') {
        unknown_code(f.type, v);
        return RT_NULL;
    }
    if (f.sign != 0)
        return raise_value(f.sign == ' '
                               ? "Space not allowed in string format specifier"
                               : "Sign not allowed in string format specifier");
    if (f.no_neg_zero)
        return raise_value("Negative zero coercion (z) not allowed in string "
                           "format specifier");
    if (f.alternate)
        return raise_value(
            "Alternate form (#) not allowed in string format specifier");
    if (f.align == '=')
        return raise_value(
            "'=' alignment not allowed in string format specifier");
    n = rt_str_of(v)->len;
    if (f.precision >= 0 && f.precision < n)
        v = rt_str_slice(v, 0, f.precision);
    if (f.width <= rt_str_of(v)->len)
        return rt_str_exact(v);
    return padded_str(v, &f);
}
