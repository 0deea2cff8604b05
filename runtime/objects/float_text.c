/* SPDX-License-Identifier: MIT
 * runtime/objects/float_text.c: text of floats and floats from text. The C
 * library's conversions are exact; the shortest repr is found by asking for
 * more and more digits, after short decimals were tried by plain arithmetic.
 */
#include "config.h"

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strtod_l */
#endif

#include "runtime/objects/number.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "runtime/objects/text.h"

/* snprintf and strtod whatever the locale's decimal point is. */
static void print_point(char *text)
{
    const char *point = localeconv()->decimal_point;
    char *p;

    if (point[0] == '.' && point[1] == 0)
        return;
    p = strstr(text, point);
    if (p != NULL) {
        size_t n = strlen(point);

        *p = '.';
        memmove(p + 1, p + n, strlen(p + n) + 1);
    }
}

double rt_read_double(const char *text, char **end)
{
    static locale_t c_locale;

    if (c_locale == NULL)
        c_locale = newlocale(LC_ALL_MASK, "C", NULL);
    return strtod_l(text, end, c_locale);
}

/* -- shortest digits -- */

/* Decimal digits without leading or trailing zeros, value 0.DIGITS * 10^point. */
struct decimal {
    char digits[32];
    int n, point;
};

static void take_digits(struct decimal *out, const char *e_form)
{
    const char *p = e_form;

    out->n = 0;
    for (; *p != 'e'; p++)
        if (*p >= '0' && *p <= '9')
            out->digits[out->n++] = *p;
    out->point = atoi(p + 1) + 1;
    while (out->n > 1 && out->digits[out->n - 1] == '0')
        out->n--;
    out->digits[out->n] = 0;
}

/* Decimals of at most 15 digits are distinct as doubles, so that one with the
 * value [d] is the shortest. */
static bool short_decimal(double d, struct decimal *out)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4,  1e5,
                                    1e6, 1e7, 1e8, 1e9, 1e10, 1e11};
    int k;

    if (d < 1e-5 || d >= 1e15)
        return false;
    for (k = 0; k < 12; k++) {
        double m = rint(d * powers[k]);

        if (m >= 1e15)
            return false;
        if (m / powers[k] == d) {
            char text[32];
            int n = snprintf(text, sizeof text, "%ld", (long)m);

            memcpy(out->digits, text, (size_t)n + 1);
            out->point = n - k;
            out->n = n;
            while (out->n > 1 && out->digits[out->n - 1] == '0')
                out->n--;
            out->digits[out->n] = 0;
            return true;
        }
    }
    return false;
}

/* At a power of two the doubles above lie twice as far apart as those below, so
 * the next decimal above may do where the nearest one is too low. */
static bool try_above(double d, int precision, struct decimal *out)
{
    char text[48];
    int exp, i;

    if (frexp(d, &exp) != 0.5)
        return false;
    snprintf(text, sizeof text, "%.*e", precision - 1, d);
    print_point(text);
    for (i = precision; i >= 0; i--) {
        if (text[i] == '.')
            continue;
        if (text[i] != '9') {
            text[i]++;
            break;
        }
        text[i] = '0';
    }
    if (i < 0 || rt_read_double(text, NULL) != d)
        return false;
    take_digits(out, text);
    return true;
}

static void shortest(double d, struct decimal *out)
{
    char text[48];
    int precision = d < 2.2250738585072014e-308 ? 1 : 15;

    if (short_decimal(d, out))
        return;
    for (; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision - 1, d);
        print_point(text);
        if (rt_read_double(text, NULL) == d)
            break;
        if (try_above(d, precision, out))
            return;
    }
    if (precision == 17) {
        snprintf(text, sizeof text, "%.16e", d);
        print_point(text);
    }
    take_digits(out, text);
}

/* [d] is finite and not negative. */
static char *put_repr(char *p, double d, bool add_dot_0)
{
    struct decimal x;
    int i;

    if (d == 0.0) {
        strcpy(p, add_dot_0 ? "0.0" : "0");
        return p + strlen(p);
    }
    shortest(d, &x);
    if (x.point > 16 || x.point <= -4) {
        *p++ = x.digits[0];
        if (x.n > 1) {
            *p++ = '.';
            memcpy(p, x.digits + 1, (size_t)x.n - 1);
            p += x.n - 1;
        }
        return p + sprintf(p, "e%c%02d", x.point > 0 ? '+' : '-',
                           abs(x.point - 1));
    }
    if (x.point <= 0) {
        *p++ = '0';
        *p++ = '.';
        for (i = x.point; i < 0; i++)
            *p++ = '0';
        memcpy(p, x.digits, (size_t)x.n);
        p += x.n;
    } else {
        for (i = 0; i < x.point; i++)
            *p++ = i < x.n ? x.digits[i] : '0';
        if (i < x.n || add_dot_0)
            *p++ = '.';
        if (i < x.n) {
            memcpy(p, x.digits + i, (size_t)(x.n - i));
            p += x.n - i;
        } else if (add_dot_0) {
            *p++ = '0';
        }
    }
    *p = 0;
    return p;
}

static char *special(double d, bool upper, int flags)
{
    const char *sign = signbit(d) && !isnan(d) ? "-"
                       : flags & RT_FD_SIGN    ? "+"
                                               : "";
    const char *name = isnan(d) ? upper ? "NAN" : "nan"
                       : upper  ? "INF"
                                : "inf";
    char *text = nac_malloc(8);

    strcpy(text, sign);
    strcat(text, name);
    return text;
}

/* 'g' with at least one digit after the point: what has no room for it within
 * the precision gets an exponent. */
static char *general_with_dot(double d, int precision, int flags)
{
    size_t size = (size_t)precision + 48;
    char *text = nac_malloc(size);
    int exp;

    if (precision == 0)
        precision = 1;
    snprintf(text, size, "%.*e", precision - 1, d);
    exp = atoi(strchr(text, 'e') + 1);
    snprintf(text, size,
             exp < -4 || exp >= precision - 1
                 ? flags & RT_FD_SIGN ? "%+.*e" : "%.*e"
             : flags & RT_FD_SIGN ? "%+#.*g"
                                  : "%#.*g",
             exp < -4 || exp >= precision - 1 ? precision - 1 : precision, d);
    print_point(text);
    if (!(flags & RT_FD_ALT)) {
        char *e = strchr(text, 'e'), *end;
        char tail[16] = "";

        if (e != NULL) {
            strcpy(tail, e);
            *e = 0;
        }
        end = text + strlen(text);
        if (strchr(text, '.') != NULL)
            while (end[-1] == '0')
                *--end = 0;
        if (end[-1] == '.')
            strcpy(end - (e != NULL), e != NULL ? "" : "0");
        strcat(text, tail);
    }
    return text;
}

char *rt_format_double(double d, char code, int precision, int flags)
{
    char form[16], *text, *p;
    bool upper = code >= 'A' && code <= 'Z';
    size_t size;

    if (!isfinite(d))
        return special(d, upper, flags);
    if (code == 'r') {
        text = p = nac_malloc(48);
        if (signbit(d))
            *p++ = '-';
        else if (flags & RT_FD_SIGN)
            *p++ = '+';
        put_repr(p, fabs(d), (flags & RT_FD_ADD_DOT_0) != 0);
        return text;
    }
    if (code == 'g' && (flags & RT_FD_ADD_DOT_0))
        return general_with_dot(d, precision, flags);
    snprintf(form, sizeof form, "%%%s%s.*%c", flags & RT_FD_SIGN ? "+" : "",
             flags & RT_FD_ALT ? "#" : "", code);
    size = (size_t)precision + 400;
    text = nac_malloc(size);
    snprintf(text, size, form, precision, d);
    print_point(text);
    return text;
}

rt_val rt_float_repr(double d)
{
    char text[48], *p = text;

    if (isnan(d))
        return rt_str_from_ascii("nan", 3);
    if (isinf(d))
        return d > 0 ? rt_str_from_ascii("inf", 3)
                     : rt_str_from_ascii("-inf", 4);
    if (signbit(d))
        *p++ = '-';
    if (d > -1e15 && d < 1e15 && d == rint(d)) {
        int64_t i = (int64_t)fabs(d);
        char buf[24], *q = buf + sizeof buf;

        do {
            *--q = (char)('0' + i % 10);
            i /= 10;
        } while (i != 0);
        memcpy(p, q, (size_t)(buf + sizeof buf - q));
        p += buf + sizeof buf - q;
        *p++ = '.';
        *p++ = '0';
    } else {
        p = put_repr(p, fabs(d), true);
    }
    return rt_str_from_ascii(text, p - text);
}

/* -- from text -- */

static bool word(const char *s, const char *name, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if ((s[i] | 32) != name[i])
            return false;
    return true;
}

const char *rt_float_scan(const char *s, double *out)
{
    const char *p = s, *digits;
    char *end;
    bool negative = *p == '-';
    bool any = false;

    if (*p == '-' || *p == '+')
        p++;
    if (word(p, "inf", 3)) {
        *out = negative ? -INFINITY : INFINITY;
        return word(p, "infinity", 8) ? p + 8 : p + 3;
    }
    if (word(p, "nan", 3)) {
        *out = NAN;
        return p + 3;
    }
    for (digits = p; *p >= '0' && *p <= '9'; p++)
        any = true;
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9'; p++)
            any = true;
    if (!any || (digits[0] == '0' && (digits[1] | 32) == 'x')) {
        *out = negative ? -0.0 : 0.0;
        return any ? digits + 1 : s;
    }
    *out = rt_read_double(s, &end);
    return end;
}

static bool parse(char *text, int64_t len, double *out)
{
    return rt_number_underscores(text, &len) && len > 0 &&
           rt_float_scan(text, out) == text + len;
}

rt_val rt_float_parse_str(rt_val s)
{
    int64_t len;
    char *text = rt_number_text(s, &len);
    double d = 0.0;
    bool ok = parse(text, len, &d);

    free(text);
    if (!ok)
        return rt_raise(&rt_exc_ValueError,
                        "could not convert string to float: %R", s);
    return rt_from_any_float(d);
}

rt_val rt_float_hex(double d)
{
    char text[64];
    int exp;
    double m;

    if (!isfinite(d))
        return rt_float_repr(d);
    if (d == 0.0)
        return rt_str_new(signbit(d) ? "-0x0.0p+0" : "0x0.0p+0", -1);
    m = frexp(fabs(d), &exp);
    if (exp < -1021) { /* subnormal: the leading digit is 0 */
        m = ldexp(m, exp + 1021);
        exp = -1021;
    }
    snprintf(text, sizeof text, "%s0x%d.%013lxp%+d", d < 0 ? "-" : "",
             m >= 0.5, (unsigned long)(ldexp(m, 53)) & 0xFFFFFFFFFFFFFul,
             exp - 1);
    return rt_str_new(text, -1);
}
