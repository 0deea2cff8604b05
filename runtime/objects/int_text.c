/* SPDX-License-Identifier: MIT
 * runtime/objects/int_text.c: ints from text and text from ints, with the limit
 * on decimal digits that CPython has against quadratic conversions.
 */
#include "config.h"

#include "runtime/objects/number.h"

#include <stdlib.h>

#include "base/mem.h"
#include "runtime/objects/unicode.h"

int rt_int_max_str_digits = 4300;

/* -- text of a number in ASCII -- */

char *
rt_number_text(rt_val s, int64_t *len)
{
    struct rt_str *str = rt_str_of(s);
    char *text = malloc((size_t)str->len + 1);
    int64_t i, first = 0, end = str->len;

    if (text == NULL) {
        rt_raise_memory();
        return NULL;
    }
    while (first < end && rt_char_is(rt_str_at(str, first), RT_CHAR_SPACE))
        first++;
    while (end > first && rt_char_is(rt_str_at(str, end - 1), RT_CHAR_SPACE))
        end--;
    for (i = first; i < end; i++) {
        uint32_t c = rt_str_at(str, i);
        int digit;

        if (c >= 128) {
            digit = rt_char_decimal(c);
            c = digit >= 0                     ? '0' + (uint32_t)digit
                : rt_char_is(c, RT_CHAR_SPACE) ? ' '
                                               : '?';
        }
        text[i - first] = (char)c;
    }
    *len = end - first;
    text[*len] = 0;
    return text;
}

bool
rt_number_underscores(char *text, int64_t *len)
{
    int64_t i, n = 0;

    for (i = 0; i < *len; i++) {
        if (text[i] != '_') {
            text[n++] = text[i];
            continue;
        }
        if (i == 0 || i + 1 == *len || text[i - 1] < '0' || text[i - 1] > '9' ||
            text[i + 1] < '0' || text[i + 1] > '9')
            return false;
    }
    text[n] = 0;
    *len = n;
    return true;
}

/* -- from text -- */

static int
digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return 36;
}

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct digits {
    const char *start, *end; /* digits and underscores */
    int64_t count;           /* digits */
    int base;
    bool negative;
};

/* Finds sign, prefix and digits and checks them. */
static bool
scan(struct digits *d, const char *s, const char *end, int base)
{
    const char *p;
    int prefix = 0;

    while (s < end && is_blank(*s))
        s++;
    while (end > s && is_blank(end[-1]))
        end--;
    d->negative = s < end && *s == '-';
    if (s < end && (*s == '-' || *s == '+'))
        s++;
    if (end - s >= 2 && s[0] == '0') {
        char c = (char)(s[1] | 32);

        prefix = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
    }
    if (prefix != 0 && (base == 0 || base == prefix)) {
        base = prefix;
        s += 2;
        if (s < end && *s == '_')
            s++;
    }
    d->base = base == 0 ? 10 : base;
    d->start = s;
    d->end = end;
    d->count = 0;
    for (p = s; p < end; p++) {
        if (*p == '_') {
            if (p == s || p[-1] == '_' || p + 1 == end)
                return false;
        } else if (digit_value(*p) >= d->base) {
            return false;
        } else {
            d->count++;
        }
    }
    if (d->count == 0)
        return false;
    if (base == 0 && *s == '0') { /* "010" is not a number, "000" is */
        for (p = s; p < end; p++)
            if (*p != '0' && *p != '_')
                return false;
    }
    return true;
}

static rt_val
convert_long(const struct digits *d)
{
    char *text, *q;
    const char *p;
    mpz_t z;

    if (!rt_int_room(d->count / 8))
        return RT_NULL;
    text = q = malloc((size_t)d->count + 1);
    if (text == NULL)
        return rt_raise_memory();
    for (p = d->start; p < d->end; p++)
        if (*p != '_')
            *q++ = *p;
    *q = 0;
    mpz_init(z);
    mpz_set_str(z, text, d->base);
    free(text);
    if (d->negative)
        mpz_neg(z, z);
    return rt_int_take_mpz(z);
}

static rt_val
convert(const struct digits *d)
{
    int64_t v = 0;
    const char *p;

    if (rt_int_max_str_digits > 0 && d->count > rt_int_max_str_digits &&
        (d->base & (d->base - 1)) != 0)
        return rt_raise(
            &rt_exc_ValueError,
            "Exceeds the limit (%d digits) for integer string conversion: "
            "value has %ld digits; use sys.set_int_max_str_digits() to "
            "increase the limit",
            rt_int_max_str_digits, (long)d->count);
    if (d->count > 12)
        return convert_long(d);
    for (p = d->start; p < d->end; p++)
        if (*p != '_')
            v = v * d->base + digit_value(*p);
    return rt_int_from_i64(d->negative ? -v : v);
}

/* ValueError that shows at most 200 characters of repr([shown]). */
static rt_val
invalid(rt_val shown, int base)
{
    rt_val text = rt_repr(shown);

    if (rt_is_null(text))
        return RT_NULL;
    if (rt_str_of(text)->len > 200)
        text = rt_str_slice(text, 0, 200);
    return rt_raise(&rt_exc_ValueError,
                    "invalid literal for int() with base %d: %U", base, text);
}

rt_val
rt_int_parse(const char *text, size_t len, int base)
{
    struct digits d;

    if (!scan(&d, text, text + len, base))
        return invalid(rt_str_new(text, (int64_t)len), base);
    return convert(&d);
}

rt_val
rt_int_parse_str(rt_val s, int base)
{
    struct rt_str *str = rt_str_of(s);
    struct digits d;
    int64_t len;
    char *text;
    rt_val r;

    if (str->ascii && str->len > 0 && !is_blank(str->data[0]) &&
        scan(&d, str->data, str->data + str->len, base))
        return convert(&d);
    text = rt_number_text(s, &len);
    if (text == NULL)
        return RT_NULL;
    if (scan(&d, text, text + len, base))
        r = convert(&d);
    else
        r = invalid(s, base);
    free(text);
    return r;
}

rt_val
rt_int_parse_bytes(rt_val v, int base)
{
    const char *data;
    struct digits d;
    int64_t len;

    if (rt_bytes_view(v, &data, &len) < 0)
        return RT_NULL;
    if (scan(&d, data, data + len, base))
        return convert(&d);
    if (!rt_is_bytes(v))
        v = rt_bytes_new(data, len);
    return invalid(v, base);
}

/* -- to text -- */

static rt_val
ascii_str(const char *text, int64_t len)
{
    struct rt_str *s = rt_str_alloc(len, 127);

    memcpy(s->data, text, (size_t)len);
    return rt_from_ptr(s);
}

static rt_val
small_str(int64_t v, int base, const char *prefix)
{
    char buf[80], *p = buf + sizeof buf;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    size_t n = strlen(prefix);

    do {
        uint64_t q = base == 10 ? u / 10 : u / (uint64_t)base;
        int digit = (int)(u - q * (uint64_t)base);

        *--p = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        u = q;
    } while (u != 0);
    p -= n;
    memcpy(p, prefix, n);
    if (v < 0)
        *--p = '-';
    return ascii_str(p, buf + sizeof buf - p);
}

static rt_val
too_long(void)
{
    return rt_raise(&rt_exc_ValueError,
                    "Exceeds the limit (%d digits) for integer string "
                    "conversion; use sys.set_int_max_str_digits() to increase "
                    "the limit",
                    rt_int_max_str_digits);
}

rt_val
rt_int_str(rt_val v, int base, const char *prefix)
{
    int64_t i, limit = base == 10 ? rt_int_max_str_digits : 0;
    size_t len, n = strlen(prefix);
    struct rt_str *s;
    char *text;

    if (rt_int_to_i64(v, &i))
        return small_str(i, base, prefix);
    /* One decimal digit has more than 3.32 bits. */
    if (limit > 0 && (double)rt_int_bits(v) > 3.33 * (double)(limit + 1))
        return too_long();
    RT_VIEW_MPZ(z, v);
    if (!rt_int_room(rt_int_limbs(v)))
        return RT_NULL;
    text = malloc(mpz_sizeinbase(z, base) + 2);
    if (text == NULL)
        return rt_raise_memory();
    mpz_get_str(text, base, z);
    i = text[0] == '-';
    len = strlen(text) - (size_t)i;
    if (limit > 0 && (int64_t)len > limit) {
        free(text);
        return too_long();
    }
    s = rt_str_alloc((int64_t)(len + n) + i, 127);
    if (s == NULL) {
        free(text);
        return RT_NULL;
    }
    s->data[0] = '-';
    memcpy(s->data + i, prefix, n);
    memcpy(s->data + i + n, text + i, len);
    free(text);
    return rt_from_ptr(s);
}
