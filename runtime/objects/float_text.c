/* SPDX-License-Identifier: MIT
 * runtime/objects/float_text.c: text of floats and floats from text. The C
 * library's conversions are exact; what repr() needs is in float_shortest.c.
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
static void
print_point(char *text)
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

double
rt_read_double(const char *text, char **end)
{
    static locale_t c_locale;

    if (c_locale == NULL)
        c_locale = newlocale(LC_ALL_MASK, "C", NULL);
    return strtod_l(text, end, c_locale);
}

/* -- to text -- */

/* [d] is finite and not negative. */
static char *
put_repr(char *p, double d, int flags)
{
    bool add_dot_0 = (flags & RT_FD_ADD_DOT_0) != 0;
    bool add_dot = (flags & RT_FD_ALT) != 0;
    char digits[24];
    int i, n, point;

    if (d == 0.0) {
        strcpy(p, add_dot_0 ? "0.0" : add_dot ? "0." : "0");
        return p + strlen(p);
    }
    n = rt_float_shortest(d, digits, &point);
    if (point > 16 || point <= -4) {
        *p++ = digits[0];
        if (n > 1 || add_dot)
            *p++ = '.';
        memcpy(p, digits + 1, (size_t)n - 1);
        p += n - 1;
        return p + sprintf(p, "e%c%02d", point > 0 ? '+' : '-', abs(point - 1));
    }
    if (point <= 0) {
        *p++ = '0';
        *p++ = '.';
        for (i = point; i < 0; i++)
            *p++ = '0';
        memcpy(p, digits, (size_t)n);
        p += n;
    } else {
        for (i = 0; i < point; i++)
            *p++ = i < n ? digits[i] : '0';
        if (i < n || add_dot_0 || add_dot)
            *p++ = '.';
        if (i < n) {
            memcpy(p, digits + i, (size_t)(n - i));
            p += n - i;
        } else if (add_dot_0) {
            *p++ = '0';
        }
    }
    *p = 0;
    return p;
}

static char *
special(double d, bool upper, int flags)
{
    const char *sign = signbit(d) && !isnan(d) ? "-"
                       : flags & RT_FD_SIGN    ? "+"
                                               : "";
    const char *name = isnan(d) ? upper ? "NAN" : "nan" : upper ? "INF" : "inf";
    char *text = nac_malloc(8);

    strcpy(text, sign);
    strcat(text, name);
    return text;
}

/* Removes zeros behind the point, and the point or all but one zero of what is
 * left; an exponent stays. */
static void
strip_zeros(char *text, bool add_dot_0)
{
    char *e = strpbrk(text, "eE"), *end, tail[16] = "";

    if (e != NULL) {
        strcpy(tail, e);
        *e = 0;
    }
    end = text + strlen(text);
    if (strchr(text, '.') != NULL)
        while (end[-1] == '0')
            *--end = 0;
    if (end[-1] == '.' && (e != NULL || !add_dot_0))
        end[-1] = 0;
    else if (end[-1] == '.')
        strcpy(end, "0");
    strcat(text, tail);
}

/* 'g' and 'G' with a point in any case: ALT keeps the zeros (the C library's
 * %#g loses some of 99999.5), ADD_DOT_0 wants a digit behind the point and uses
 * an exponent where the precision has no room for it. */
static char *
general(double d, char code, int precision, int flags)
{
    bool add_dot_0 = (flags & RT_FD_ADD_DOT_0) != 0;
    size_t size = (size_t)precision + 48;
    char *text = malloc(size), form[12];
    const char *sign = flags & RT_FD_SIGN ? "+" : "";
    int exp;

    if (text == NULL) {
        rt_raise_memory();
        return NULL;
    }
    if (precision == 0)
        precision = 1;
    snprintf(text, size, "%.*e", precision - 1, d);
    exp = atoi(strchr(text, 'e') + 1);
    if (exp < -4 || exp >= precision - add_dot_0) {
        snprintf(form, sizeof form, "%%%s#.*%c", sign, code == 'G' ? 'E' : 'e');
        precision--;
    } else {
        snprintf(form, sizeof form, "%%%s#.*f", sign);
        precision -= exp + 1;
    }
    snprintf(text, size, form, precision, d);
    print_point(text);
    if (!(flags & RT_FD_ALT))
        strip_zeros(text, add_dot_0);
    return text;
}

char *
rt_format_double(double d, char code, int precision, int flags)
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
        put_repr(p, fabs(d), flags);
        return text;
    }
    if ((code | 32) == 'g' && (flags & (RT_FD_ADD_DOT_0 | RT_FD_ALT)))
        return general(d, code, precision, flags);
    if ((code | 32) == 'f' && !(flags & RT_FD_ALT)) {
        text = p = nac_malloc(56);
        if (signbit(d))
            *p++ = '-';
        else if (flags & RT_FD_SIGN)
            *p++ = '+';
        if (rt_float_fixed(fabs(d), precision, p) > 0)
            return text;
        free(text);
    }
    snprintf(form, sizeof form, "%%%s%s.*%c", flags & RT_FD_SIGN ? "+" : "",
             flags & RT_FD_ALT ? "#" : "", code);
    size = (size_t)precision + 400;
    text = malloc(size);
    if (text == NULL) {
        rt_raise_memory();
        return NULL;
    }
    snprintf(text, size, form, precision, d);
    print_point(text);
    return text;
}

rt_val
rt_float_repr(double d)
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
        p = put_repr(p, fabs(d), RT_FD_ADD_DOT_0);
    }
    return rt_str_from_ascii(text, p - text);
}

/* -- from text -- */

static bool
word(const char *s, const char *name, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if ((s[i] | 32) != name[i])
            return false;
    return true;
}

const char *
rt_float_scan(const char *s, double *out)
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
        *out = (double)NAN;
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

static bool
parse(char *text, int64_t len, double *out)
{
    return rt_number_underscores(text, &len) && len > 0 &&
           rt_float_scan(text, out) == text + len;
}

rt_val
rt_float_parse_str(rt_val s)
{
    int64_t len;
    char *text = rt_number_text(s, &len);
    double d = 0.0;
    bool ok;

    if (text == NULL)
        return RT_NULL;
    ok = parse(text, len, &d);
    free(text);
    if (!ok)
        return rt_raise(&rt_exc_ValueError,
                        "could not convert string to float: %R", s);
    return rt_from_float(d);
}

rt_val
rt_float_hex(double d)
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
    snprintf(text, sizeof text, "%s0x%d.%013lxp%+d", d < 0 ? "-" : "", m >= 0.5,
             (unsigned long)(ldexp(m, 53)) & 0xFFFFFFFFFFFFFul, exp - 1);
    return rt_str_new(text, -1);
}
