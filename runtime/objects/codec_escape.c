/* SPDX-License-Identifier: MIT
 * runtime/objects/codec_escape.c: unicode_escape and raw_unicode_escape.
 */
#include "config.h"

#include "runtime/objects/codec.h"
#include "runtime/objects/text.h"

#include <uniname.h>

static int
hex_value(unsigned c)
{
    if (c >= '0' && c <= '9')
        return (int)c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : -1;
}

/* [digits] hexadecimal digits behind the two characters at pos. */
static int
hex_escape(struct rt_decoder *d, int digits)
{
    int64_t start = d->pos, i = start + 2;
    uint32_t c = 0;
    int n;

    for (n = 0; n < digits && i < d->len; n++, i++) {
        int v = hex_value(d->data[i]);

        if (v < 0)
            break;
        c = c << 4 | (uint32_t)v;
    }
    if (n < digits) {
        if (!d->final && i == d->len)
            return 1;
        return rt_decode_error(d, start, i,
                               digits == 2   ? "truncated \\xXX escape"
                               : digits == 4 ? "truncated \\uXXXX escape"
                                             : "truncated \\UXXXXXXXX escape");
    }
    if (c > RT_MAX_CHAR)
        return rt_decode_error(d, start, i,
                               d->encoding[0] == 'r'
                                   ? "\\Uxxxxxxxx out of range"
                                   : "illegal Unicode character");
    rt_builder_add(&d->out, c);
    d->pos = i;
    return 0;
}

static int
named_escape(struct rt_decoder *d)
{
    int64_t start = d->pos, i = start + 2, end;
    const unsigned char *close;
    char name[128];
    ucs4_t c;

    if (i >= d->len && !d->final)
        return 1;
    if (i >= d->len || d->data[i] != '{')
        return rt_decode_error(d, start, i, "malformed \\N character escape");
    close = memchr(d->data + i, '}', (size_t)(d->len - i));
    if (close == NULL) {
        if (!d->final)
            return 1;
        return rt_decode_error(d, start, d->len,
                               "malformed \\N character escape");
    }
    end = close - d->data;
    if (end == i + 1)
        return rt_decode_error(d, start, end + 1,
                               "malformed \\N character escape");
    c = UNINAME_INVALID;
    if (end - i - 1 < (int64_t)sizeof name) {
        memcpy(name, d->data + i + 1, (size_t)(end - i - 1));
        name[end - i - 1] = 0;
        c = unicode_name_character(name);
    }
    if (c == UNINAME_INVALID)
        return rt_decode_error(d, start, end + 1,
                               "unknown Unicode character name");
    rt_builder_add(&d->out, c);
    d->pos = end + 1;
    return 0;
}

static void
octal_escape(struct rt_decoder *d)
{
    uint32_t c = 0;
    int n;

    d->pos++;
    for (n = 0; n < 3 && d->pos < d->len && d->data[d->pos] >= '0' &&
                d->data[d->pos] <= '7';
         n++)
        c = c * 8 + (uint32_t)(d->data[d->pos++] - '0');
    rt_builder_add(&d->out, c);
}

/* At a backslash. 1: incomplete, 0, -1. */
static int
escape(struct rt_decoder *d)
{
    static const char from[] = "\\'\"abfnrtv", to[] = "\\'\"\a\b\f\n\r\t\v";
    const char *p;
    unsigned c;

    if (d->pos + 1 == d->len) {
        if (!d->final)
            return 1;
        return rt_decode_error(d, d->pos, d->len, "\\ at end of string");
    }
    c = d->data[d->pos + 1];
    if (c == 'x' || c == 'u' || c == 'U')
        return hex_escape(d, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    if (c == 'N')
        return named_escape(d);
    if (c >= '0' && c <= '7') {
        octal_escape(d);
        return 0;
    }
    p = c == 0 ? NULL : strchr(from, (int)c);
    if (p != NULL) {
        rt_builder_add(&d->out, (unsigned char)to[p - from]);
    } else if (c != '\n') {
        rt_builder_add(&d->out, '\\');
        rt_builder_add(&d->out, c);
    }
    d->pos += 2;
    return 0;
}

int
rt_decode_escape(struct rt_decoder *d, bool raw)
{
    while (d->pos < d->len) {
        unsigned c = d->data[d->pos];
        int r = 0;

        if (c != '\\') {
            rt_builder_add(&d->out, c);
            d->pos++;
        } else if (!raw) {
            r = escape(d);
        } else if (d->pos + 1 < d->len && (d->data[d->pos + 1] | 32) == 'u') {
            r = hex_escape(d, d->data[d->pos + 1] == 'u' ? 4 : 8);
        } else {
            rt_builder_add(&d->out, c);
            d->pos++;
            if (d->pos < d->len && d->data[d->pos] == '\\') {
                rt_builder_add(&d->out, '\\');
                d->pos++;
            }
        }
        if (r != 0)
            return r < 0 ? -1 : 0;
    }
    return 0;
}

int
rt_encode_escape(struct rt_encoder *e, bool raw)
{
    struct rt_str *s = rt_str_of(e->str);

    for (; e->pos < s->len; e->pos++) {
        uint32_t c = rt_str_at(s, e->pos);

        if (!raw && c == '\\')
            nac_buf_puts(&e->out, "\\\\");
        else if (!raw && (c == '\t' || c == '\n' || c == '\r'))
            nac_buf_puts(&e->out, c == '\t'   ? "\\t"
                                  : c == '\n' ? "\\n"
                                              : "\\r");
        else if (raw ? c < 256 : c >= 32 && c < 127)
            nac_buf_putc(&e->out, (char)c);
        else
            nac_buf_printf(&e->out,
                           c < 256       ? "\\x%02x"
                           : c < 0x10000 ? "\\u%04x"
                                         : "\\U%08x",
                           c);
    }
    return 0;
}
