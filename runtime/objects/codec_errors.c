/* SPDX-License-Identifier: MIT
 * runtime/objects/codec_errors.c: what happens to input that cannot be encoded
 * or decoded. The handlers of the standard library are done here in place;
 * others are Python callables registered by codecs.register_error().
 */
#include "config.h"

#include "runtime/objects/codec.h"
#include "runtime/objects/text.h"

#include <uniname.h>

/* name -> callable, of register_error(); and the built-in names' own objects */
static rt_val handlers = {NB_NOTHING};

rt_val
rt_codec_handler(const char *name)
{
    rt_val v = RT_NULL;

    if (!rt_is_null(handlers))
        v = rt_dict_get(handlers, rt_str_new(name, -1));
    if (rt_is_null(v) && !rt_raised())
        rt_raise(&rt_exc_LookupError, "unknown error handler name '%s'", name);
    return v;
}

void
rt_codec_set_handler(const char *name, rt_val handler)
{
    if (rt_is_null(handlers)) {
        rt_gc_root(&handlers);
        handlers = rt_dict_new();
    }
    rt_dict_set(handlers, rt_str_new(name, -1), handler);
}

static bool
is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

/* A handler registered by the program goes before the built-in one. */
static bool
is_registered(const char *name)
{
    return !rt_is_null(handlers) &&
           !rt_is_null(rt_dict_get(handlers, rt_str_new(name, -1)));
}

/* Calls a Python handler. Stores the replacement and the new position, which
 * is checked against [len]. 0, or -1. */
static int
call_handler(const char *name, rt_val exc, int64_t len, rt_val *replacement,
             int64_t *pos)
{
    rt_val handler = rt_codec_handler(name), r, *items;
    int64_t n;

    if (rt_is_null(handler))
        return -1;
    r = rt_call1(handler, exc);
    if (rt_is_null(r))
        return -1;
    n = rt_is_tuple(r) ? rt_tuple_of(r)->len : 0;
    if (n != 2) {
        rt_raise(&rt_exc_TypeError,
                 "encoding error handler must return (str/bytes, int) tuple");
        return -1;
    }
    items = rt_tuple_of(r)->items;
    *replacement = items[0];
    if (rt_index_i64(items[1], pos, &rt_exc_IndexError) < 0)
        return -1;
    if (*pos < 0)
        *pos += len;
    if (*pos < 0 || *pos > len) {
        rt_raise(&rt_exc_IndexError,
                 "position %ld from error handler out of bounds", (long)*pos);
        return -1;
    }
    return 0;
}

/* -- decoding -- */

static rt_val
decode_exception(struct rt_decoder *d, int64_t start, int64_t end,
                 const char *reason)
{
    if (rt_is_null(d->input))
        d->input = rt_bytes_new(d->data, d->len);
    return rt_exc_new(
        &rt_exc_UnicodeDecodeError, 5, rt_str_new(d->encoding, -1), d->input,
        rt_from_small(start), rt_from_small(end), rt_str_new(reason, -1));
}

static void
hex_byte(struct rt_builder *b, unsigned byte)
{
    static const char hex[] = "0123456789abcdef";

    rt_builder_utf8(b, "\\x", 2);
    rt_builder_add(b, (unsigned char)hex[byte >> 4]);
    rt_builder_add(b, (unsigned char)hex[byte & 15]);
}

/* Bytes of an UTF-8, -16 or -32 form of a lone surrogate at [pos]: its number
 * of bytes and the character; 0: there is none. */
static int
surrogate_at(const struct rt_decoder *d, int64_t pos, uint32_t *c)
{
    const unsigned char *p = d->data + pos;
    int64_t left = d->len - pos;
    bool big = strstr(d->encoding, "be") != NULL;

    *c = 0;
    if (strncmp(d->encoding, "utf-8", 5) == 0) {
        if (left >= 3 && p[0] == 0xED && (p[1] & 0xE0) == 0xA0 &&
            (p[2] & 0xC0) == 0x80) {
            *c = 0xD000u | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
            return 3;
        }
        return 0;
    }
    if (strncmp(d->encoding, "utf-16", 6) == 0 && left >= 2)
        *c = big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
    else if (strncmp(d->encoding, "utf-32", 6) == 0 && left >= 4)
        *c = big ? (uint32_t)p[0] << 24 |
                       (uint32_t)(p[1] << 16 | p[2] << 8 | p[3])
                 : (uint32_t)p[3] << 24 |
                       (uint32_t)(p[2] << 16 | p[1] << 8 | p[0]);
    if (*c < 0xD800 || *c > 0xDFFF)
        return 0;
    return d->encoding[4] == '1' ? 2 : 4;
}

/* The built-in handlers. 1: done, 0: not one of them or refused. */
static int
decode_builtin(struct rt_decoder *d, int64_t start, int64_t end)
{
    int64_t i;
    uint32_t c;
    int n;

    d->pos = end;
    if (is(d->errors, "ignore"))
        return 1;
    if (is(d->errors, "replace")) {
        rt_builder_add(&d->out, 0xFFFD);
        return 1;
    }
    if (is(d->errors, "backslashreplace")) {
        for (i = start; i < end; i++)
            hex_byte(&d->out, d->data[i]);
        return 1;
    }
    if (is(d->errors, "surrogateescape")) {
        for (i = start; i < end && i < start + 4 && d->data[i] >= 128; i++)
            rt_builder_add(&d->out, 0xDC00u + d->data[i]);
        d->pos = i;
        return i > start;
    }
    if (is(d->errors, "surrogatepass")) {
        n = surrogate_at(d, start, &c);
        if (n == 0)
            return 0;
        rt_builder_add(&d->out, c);
        d->pos = start + n;
        return 1;
    }
    return 0;
}

static bool
is_known(const char *errors)
{
    return is(errors, "strict") || is(errors, "surrogateescape") ||
           is(errors, "surrogatepass");
}

int
rt_decode_error(struct rt_decoder *d, int64_t start, int64_t end,
                const char *reason)
{
    rt_val exc, text = RT_NULL;
    int64_t pos;

    if (!is_registered(d->errors)) {
        if (decode_builtin(d, start, end))
            return 0;
        if (is_known(d->errors)) {
            rt_raise_object(decode_exception(d, start, end, reason));
            return -1;
        }
    }
    exc = decode_exception(d, start, end, reason);
    if (rt_is_null(exc) ||
        call_handler(d->errors, exc, d->len, &text, &pos) < 0)
        return -1;
    if (!rt_is_str(text)) {
        rt_raise(&rt_exc_TypeError,
                 "decoding error handler must return (str, int) tuple");
        return -1;
    }
    rt_builder_str(&d->out, text);
    d->pos = pos;
    return 0;
}

/* -- encoding -- */

static rt_val
encode_exception(struct rt_encoder *e, int64_t start, int64_t end,
                 const char *reason)
{
    return rt_exc_new(&rt_exc_UnicodeEncodeError, 5,
                      rt_str_new(e->encoding, -1), e->str, rt_from_small(start),
                      rt_from_small(end), rt_str_new(reason, -1));
}

/* Name of a character; false: it has none. */
static bool
name_of(uint32_t c, char name[UNINAME_MAX])
{
    if (unicode_character_name(c, name) != NULL)
        return true;
    /* libunistring leaves out what is only a number */
    if ((c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
        (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B738) ||
        (c >= 0x2B740 && c <= 0x2B81D) || (c >= 0x2B820 && c <= 0x2CEA1) ||
        (c >= 0x2CEB0 && c <= 0x2EBE0) || (c >= 0x30000 && c <= 0x3134A)) {
        snprintf(name, UNINAME_MAX, "CJK UNIFIED IDEOGRAPH-%X", c);
        return true;
    }
    return false;
}

/* The text a built-in handler shows for a character; false: none of these. */
static bool
replacement_text(const char *errors, uint32_t c, char out[160])
{
    char name[UNINAME_MAX];

    if (is(errors, "replace")) {
        strcpy(out, "?");
    } else if (is(errors, "ignore")) {
        out[0] = 0;
    } else if (is(errors, "xmlcharrefreplace")) {
        snprintf(out, 160, "&#%u;", c);
    } else if (is(errors, "namereplace") && name_of(c, name) &&
               strlen(name) < 140) {
        snprintf(out, 160, "\\N{%s}", name);
    } else if (is(errors, "backslashreplace") || is(errors, "namereplace")) {
        snprintf(out, 160,
                 c < 0x100     ? "\\x%02x"
                 : c < 0x10000 ? "\\u%04x"
                               : "\\U%08x",
                 c);
    } else {
        return false;
    }
    return true;
}

static bool
put_surrogate(struct rt_encoder *e, uint32_t c)
{
    unsigned char b[4];
    bool big = strstr(e->encoding, "be") != NULL;

    if (strncmp(e->encoding, "utf-8", 5) == 0) {
        b[0] = 0xED;
        b[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        b[2] = (unsigned char)(0x80 | (c & 0x3F));
        nac_buf_put(&e->out, b, 3);
    } else if (strncmp(e->encoding, "utf-16", 6) == 0) {
        b[!big] = (unsigned char)(c >> 8);
        b[big] = (unsigned char)c;
        nac_buf_put(&e->out, b, 2);
    } else if (strncmp(e->encoding, "utf-32", 6) == 0) {
        memset(b, 0, sizeof b);
        b[big ? 2 : 1] = (unsigned char)(c >> 8);
        b[big ? 3 : 0] = (unsigned char)c;
        nac_buf_put(&e->out, b, 4);
    } else {
        return false;
    }
    return true;
}

/* 1: done, 0: not a built-in handler or refused, -1: exception. */
static int
encode_builtin(struct rt_encoder *e, int64_t start, int64_t end)
{
    struct rt_str *s = rt_str_of(e->str);
    size_t undo = e->out.len;
    char text[160], *p;
    int64_t i;

    for (i = start; i < end; i++) {
        uint32_t c = rt_str_at(s, i);
        bool done = false;

        if (replacement_text(e->errors, c, text)) {
            for (p = text, done = true; *p != 0 && done; p++)
                done = e->put(e, (unsigned char)*p);
        } else if (is(e->errors, "surrogateescape") && c >= 0xDC80 &&
                   c <= 0xDCFF) {
            nac_buf_putc(&e->out, (char)(c - 0xDC00));
            done = true;
        } else if (is(e->errors, "surrogatepass") && c >= 0xD800 &&
                   c <= 0xDFFF) {
            done = put_surrogate(e, c);
        }
        if (!done) {
            e->out.len = undo;
            return 0;
        }
    }
    e->pos = end;
    return 1;
}

int
rt_encode_error(struct rt_encoder *e, int64_t start, int64_t end,
                const char *reason)
{
    int64_t pos, i;
    rt_val exc, with = RT_NULL;

    if (!is_registered(e->errors)) {
        if (encode_builtin(e, start, end))
            return 0;
        if (is_known(e->errors) || is(e->errors, "xmlcharrefreplace")) {
            rt_raise_object(encode_exception(e, start, end, reason));
            return -1;
        }
    }
    exc = encode_exception(e, start, end, reason);
    if (rt_is_null(exc) ||
        call_handler(e->errors, exc, rt_str_of(e->str)->len, &with, &pos) < 0)
        return -1;
    if (rt_is_bytes(with)) {
        nac_buf_put(&e->out, rt_bytes_of(with)->data,
                    (size_t)rt_bytes_of(with)->len);
    } else if (rt_is_str(with)) {
        for (i = 0; i < rt_str_of(with)->len; i++)
            if (!e->put(e, rt_str_at(rt_str_of(with), i))) {
                rt_raise_object(encode_exception(e, start, end, reason));
                return -1;
            }
    } else {
        rt_raise(&rt_exc_TypeError, "encoding error handler must return "
                                    "(str/bytes, int) tuple");
        return -1;
    }
    e->pos = pos;
    return 0;
}
