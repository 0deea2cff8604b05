/* SPDX-License-Identifier: MIT
 * runtime/fmt.c: rt_raise() and rt_str_format(): printf's conversions and
 *   %R repr of a value   %S str of it   %T name of its type   %U a str
 *   %N name of a struct rt_type *
 */
#include "config.h"

#include <stdarg.h>
#include <stdlib.h>

#include "runtime/runtime.h"

const char *
rt_type_name(const struct rt_type *type)
{
    return type->cname;
}

static void
add_value(struct rt_builder *b, char kind, rt_val v)
{
    rt_val saved, s;

    switch (kind) {
    case 'T':
        rt_builder_utf8(b, rt_type_name(rt_type_of(v)), -1);
        return;
    case 'U':
        rt_builder_str(b, v);
        return;
    default:
        saved = rt_ts ? rt_ts->exc : RT_NULL;
        if (rt_ts)
            rt_ts->exc = RT_NULL;
        s = kind == 'R' ? rt_repr(v) : rt_str(v);
        if (rt_is_null(s)) {
            rt_exc_clear();
            rt_builder_utf8(b, "<unprintable>", -1);
        } else {
            rt_builder_str(b, s);
        }
        if (rt_ts)
            rt_ts->exc = saved;
    }
}

/* One conversion of printf; [spec] from '%' to its letter. */
static void
add_number(struct rt_builder *b, const char *spec, size_t len, va_list *ap)
{
    char format[32], text[512];
    int longs = 0;
    char kind = spec[len - 1];

    memcpy(format, spec, len);
    format[len] = '\0';
    for (size_t i = 0; i < len; i++)
        longs += spec[i] == 'l' || spec[i] == 'z' || spec[i] == 'j';
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    switch (kind) {
    case 's': {
        const char *s;
        int precision = -1;
        const char *dot = memchr(spec, '.', len);

        if (dot)
            precision = dot[1] == '*' ? va_arg(*ap, int) : atoi(dot + 1);
        s = va_arg(*ap, const char *);
        rt_builder_utf8(b, s ? s : "(null)",
                        precision < 0
                            ? -1
                            : (int64_t)strnlen(s ? s : "", (size_t)precision));
        return;
    }
    case 'c':
        rt_builder_add(b, (uint32_t)va_arg(*ap, int));
        return;
    case 'p':
        snprintf(text, sizeof text, format, va_arg(*ap, void *));
        break;
    case 'e':
    case 'f':
    case 'g':
        snprintf(text, sizeof text, format, va_arg(*ap, double));
        break;
    default:
        if (longs)
            snprintf(text, sizeof text, format, va_arg(*ap, long long));
        else
            snprintf(text, sizeof text, format, va_arg(*ap, int));
    }
#pragma GCC diagnostic pop
    rt_builder_utf8(b, text, -1);
}

static rt_val
format_list(const char *fmt, va_list *ap)
{
    struct rt_builder b = {0};

    while (*fmt) {
        const char *next = strchr(fmt, '%'), *end;

        if (!next) {
            rt_builder_utf8(&b, fmt, -1);
            break;
        }
        if (next > fmt)
            rt_builder_utf8(&b, fmt, next - fmt);
        if (strchr("RSTU", next[1]) && next[1]) {
            add_value(&b, next[1], va_arg(*ap, rt_val));
            fmt = next + 2;
        } else if (next[1] == 'N') {
            rt_builder_utf8(&b, rt_type_name(va_arg(*ap, struct rt_type *)),
                            -1);
            fmt = next + 2;
        } else if (next[1] == '%') {
            rt_builder_add(&b, '%');
            fmt = next + 2;
        } else {
            end = next + 1 + strspn(next + 1, "0123456789.*-+ #lzjh") + 1;
            add_number(&b, next, (size_t)(end - next), ap);
            fmt = end;
        }
    }
    return rt_builder_finish(&b);
}

rt_val
rt_str_format(const char *fmt, ...)
{
    va_list ap;
    rt_val s;

    va_start(ap, fmt);
    s = format_list(fmt, &ap);
    va_end(ap);
    return s;
}

rt_val
rt_raise(struct rt_type *type, const char *fmt, ...)
{
    va_list ap;
    rt_val text;

    va_start(ap, fmt);
    text = format_list(fmt, &ap);
    va_end(ap);
    return rt_raise_value(type, text);
}
