/* SPDX-License-Identifier: MIT
 * runtime/objects/codec_utf.c: UTF-8, UTF-16, UTF-32, ASCII and Latin-1.
 */
#include "config.h"

#include "runtime/objects/codec.h"
#include "runtime/objects/text.h"

#include "base/utf8.h"

/* -- UTF-8 -- */

/* Length of the longest prefix of a valid sequence at [p], as error reports
 * count it, and why it is not valid. */
static int64_t
bad_utf8(const unsigned char *p, int64_t left, const char **reason)
{
    unsigned first = p[0];
    int64_t need, i;

    *reason = "invalid start byte";
    if (first < 0xC2 || first > 0xF4)
        return 1;
    need = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    *reason = "invalid continuation byte";
    for (i = 1; i < need; i++) {
        if (i == left) {
            *reason = "unexpected end of data";
            return left;
        }
        if ((p[i] & 0xC0) != 0x80)
            return i;
        if (i == 1 &&
            ((first == 0xE0 && p[1] < 0xA0) || (first == 0xED && p[1] > 0x9F) ||
             (first == 0xF0 && p[1] < 0x90) || (first == 0xF4 && p[1] > 0x8F)))
            return 1;
    }
    return need;
}

int
rt_decode_utf8(struct rt_decoder *d)
{
    const char *end = (const char *)d->data + d->len, *reason;

    while (d->pos < d->len) {
        const unsigned char *p = d->data + d->pos;
        uint32_t c;
        int n;

        if (*p < 128) {
            rt_builder_add(&d->out, *p);
            d->pos++;
            continue;
        }
        n = nac_utf8_decode((const char *)p, end, &c, 0);
        if (n > 0) {
            rt_builder_add(&d->out, c);
            d->pos += n;
        } else {
            int64_t bad = bad_utf8(p, d->len - d->pos, &reason);

            if (!d->final && reason[0] == 'u')
                return 0;
            if (rt_decode_error(d, d->pos, d->pos + bad, reason) < 0)
                return -1;
        }
    }
    return 0;
}

static bool
is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}

static bool
put_utf8(struct rt_encoder *e, uint32_t c)
{
    char text[4];

    if (is_surrogate(c))
        return false;
    nac_buf_put(&e->out, text, (size_t)nac_utf8_encode(text, c));
    return true;
}

/* End of the run of surrogates that begins at [i]. */
static int64_t
surrogate_run(const struct rt_str *s, int64_t i)
{
    while (i < s->len && is_surrogate(rt_str_at(s, i)))
        i++;
    return i;
}

static int
encode_all(struct rt_encoder *e)
{
    struct rt_str *s = rt_str_of(e->str);

    while (e->pos < s->len) {
        if (e->put(e, rt_str_at(s, e->pos)))
            e->pos++;
        else if (rt_encode_error(e, e->pos, surrogate_run(s, e->pos),
                                 "surrogates not allowed") < 0)
            return -1;
    }
    return 0;
}

int
rt_encode_utf8(struct rt_encoder *e)
{
    e->put = put_utf8;
    return encode_all(e);
}

/* -- UTF-16 -- */

static uint32_t
unit16(const struct rt_decoder *d, int64_t at, int order)
{
    const unsigned char *p = d->data + at;

    return order > 0 ? (uint32_t)(p[0] << 8 | p[1])
                     : (uint32_t)(p[1] << 8 | p[0]);
}

int
rt_decode_utf16(struct rt_decoder *d, int order)
{
    while (d->pos < d->len) {
        int64_t left = d->len - d->pos;
        uint32_t c, c2;
        const char *reason;

        if (left < 2) {
            if (!d->final)
                return 0;
            if (rt_decode_error(d, d->pos, d->len, "truncated data") < 0)
                return -1;
            continue;
        }
        c = unit16(d, d->pos, order);
        if (!is_surrogate(c)) {
            rt_builder_add(&d->out, c);
            d->pos += 2;
            continue;
        }
        reason = "illegal encoding";
        if (c < 0xDC00) {
            if (left < 4) {
                if (!d->final)
                    return 0;
                if (rt_decode_error(d, d->pos, d->len,
                                    "unexpected end of data") < 0)
                    return -1;
                continue;
            }
            c2 = unit16(d, d->pos + 2, order);
            if (c2 >= 0xDC00 && c2 <= 0xDFFF) {
                rt_builder_add(&d->out,
                               0x10000 + ((c & 0x3FF) << 10 | (c2 & 0x3FF)));
                d->pos += 4;
                continue;
            }
            reason = "illegal UTF-16 surrogate";
        }
        if (rt_decode_error(d, d->pos, d->pos + 2, reason) < 0)
            return -1;
    }
    return 0;
}

static void
put_unit(struct rt_encoder *e, uint32_t u, bool big)
{
    nac_buf_putc(&e->out, (char)(big ? u >> 8 : u));
    nac_buf_putc(&e->out, (char)(big ? u : u >> 8));
}

static bool
put_utf16(struct rt_encoder *e, uint32_t c, bool big)
{
    if (is_surrogate(c))
        return false;
    if (c >= 0x10000) {
        c -= 0x10000;
        put_unit(e, 0xD800 | c >> 10, big);
        c = 0xDC00 | (c & 0x3FF);
    }
    put_unit(e, c, big);
    return true;
}

static bool
put_utf16le(struct rt_encoder *e, uint32_t c)
{
    return put_utf16(e, c, false);
}

static bool
put_utf16be(struct rt_encoder *e, uint32_t c)
{
    return put_utf16(e, c, true);
}

int
rt_encode_utf16(struct rt_encoder *e, int order)
{
    e->put = order > 0 ? put_utf16be : put_utf16le;
    if (order == 0)
        nac_buf_put(&e->out, "\xFF\xFE", 2);
    return encode_all(e);
}

/* -- UTF-32 -- */

int
rt_decode_utf32(struct rt_decoder *d, int order)
{
    while (d->pos < d->len) {
        const unsigned char *p = d->data + d->pos;
        uint32_t c;

        if (d->len - d->pos < 4) {
            if (!d->final)
                return 0;
            if (rt_decode_error(d, d->pos, d->len, "truncated data") < 0)
                return -1;
            continue;
        }
        c = order > 0 ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
                            (uint32_t)p[2] << 8 | p[3]
                      : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
                            (uint32_t)p[1] << 8 | p[0];
        if (c > RT_MAX_CHAR || is_surrogate(c)) {
            const char *reason = c > RT_MAX_CHAR
                                     ? "code point not in range(0x110000)"
                                     : "code point in surrogate code point "
                                       "range(0xd800, 0xe000)";

            if (rt_decode_error(d, d->pos, d->pos + 4, reason) < 0)
                return -1;
            continue;
        }
        rt_builder_add(&d->out, c);
        d->pos += 4;
    }
    return 0;
}

static bool
put_utf32le(struct rt_encoder *e, uint32_t c)
{
    if (is_surrogate(c))
        return false;
    nac_buf_u32(&e->out, c);
    return true;
}

static bool
put_utf32be(struct rt_encoder *e, uint32_t c)
{
    if (is_surrogate(c))
        return false;
    nac_buf_u32(&e->out, __builtin_bswap32(c));
    return true;
}

int
rt_encode_utf32(struct rt_encoder *e, int order)
{
    e->put = order > 0 ? put_utf32be : put_utf32le;
    if (order == 0)
        nac_buf_u32(&e->out, 0xFEFF);
    return encode_all(e);
}

/* -- one byte a character -- */

int
rt_decode_ascii(struct rt_decoder *d)
{
    while (d->pos < d->len) {
        unsigned c = d->data[d->pos];

        if (c < 128) {
            rt_builder_add(&d->out, c);
            d->pos++;
        } else if (rt_decode_error(d, d->pos, d->pos + 1,
                                   "ordinal not in range(128)") < 0) {
            return -1;
        }
    }
    return 0;
}

static bool
put_ascii(struct rt_encoder *e, uint32_t c)
{
    if (c > 127)
        return false;
    nac_buf_putc(&e->out, (char)c);
    return true;
}

static bool
put_latin1(struct rt_encoder *e, uint32_t c)
{
    if (c > 255)
        return false;
    nac_buf_putc(&e->out, (char)c);
    return true;
}

int
rt_encode_latin1(struct rt_encoder *e, uint32_t limit)
{
    struct rt_str *s = rt_str_of(e->str);

    e->put = limit == 128 ? put_ascii : put_latin1;
    while (e->pos < s->len) {
        int64_t end = e->pos;

        while (end < s->len && rt_str_at(s, end) >= limit)
            end++;
        if (end == e->pos) {
            nac_buf_putc(&e->out, (char)rt_str_at(s, e->pos));
            e->pos++;
        } else if (rt_encode_error(e, e->pos, end,
                                   limit == 128
                                       ? "ordinal not in range(128)"
                                       : "ordinal not in range(256)") < 0) {
            return -1;
        }
    }
    return 0;
}
