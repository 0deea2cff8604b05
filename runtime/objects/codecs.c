/* SPDX-License-Identifier: MIT
 * runtime/objects/codecs.c: rt_encode() and rt_decode(): the codecs written in
 * C by name; all others are asked from module _codecs, which finds those of
 * package encodings.
 */
#include "config.h"

#include "runtime/objects/codec.h"
#include "runtime/objects/text.h"

#include <ctype.h>

enum codec {
    CODEC_NONE,
    CODEC_UTF8,
    CODEC_UTF8_SIG,
    CODEC_UTF16,
    CODEC_UTF16_LE,
    CODEC_UTF16_BE,
    CODEC_UTF32,
    CODEC_UTF32_LE,
    CODEC_UTF32_BE,
    CODEC_ASCII,
    CODEC_LATIN1,
    CODEC_ESCAPE,
    CODEC_RAW_ESCAPE
};

static const struct {
    const char *name;
    enum codec codec;
} names[] = {
    {"utf-8", CODEC_UTF8},
    {"utf8", CODEC_UTF8},
    {"u8", CODEC_UTF8},
    {"cp65001", CODEC_UTF8},
    {"ascii", CODEC_ASCII},
    {"us-ascii", CODEC_ASCII},
    {"646", CODEC_ASCII},
    {"latin-1", CODEC_LATIN1},
    {"latin1", CODEC_LATIN1},
    {"latin", CODEC_LATIN1},
    {"iso-8859-1", CODEC_LATIN1},
    {"iso8859-1", CODEC_LATIN1},
    {"8859", CODEC_LATIN1},
    {"l1", CODEC_LATIN1},
    {"utf-8-sig", CODEC_UTF8_SIG},
    {"utf-16", CODEC_UTF16},
    {"utf16", CODEC_UTF16},
    {"u16", CODEC_UTF16},
    {"utf-16-le", CODEC_UTF16_LE},
    {"utf-16le", CODEC_UTF16_LE},
    {"utf-16-be", CODEC_UTF16_BE},
    {"utf-16be", CODEC_UTF16_BE},
    {"utf-32", CODEC_UTF32},
    {"utf32", CODEC_UTF32},
    {"u32", CODEC_UTF32},
    {"utf-32-le", CODEC_UTF32_LE},
    {"utf-32le", CODEC_UTF32_LE},
    {"utf-32-be", CODEC_UTF32_BE},
    {"utf-32be", CODEC_UTF32_BE},
    {"unicode-escape", CODEC_ESCAPE},
    {"raw-unicode-escape", CODEC_RAW_ESCAPE},
};

void
rt_codec_name(char out[32], const char *encoding)
{
    int i;

    for (i = 0; i < 30 && encoding[i] != 0; i++) {
        char c = encoding[i];

        out[i] = c == '_' || c == ' ' ? '-' : (char)tolower((unsigned char)c);
    }
    out[i] = 0;
}

static enum codec
find_codec(const char *encoding)
{
    char name[32];
    size_t i;

    rt_codec_name(name, encoding);
    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].codec;
    return CODEC_NONE;
}

/* The name that error messages show. */
static const char *
shown_name(enum codec codec)
{
    static const char *const shown[] = {
        [CODEC_UTF8] = "utf-8",
        [CODEC_UTF8_SIG] = "utf-8",
        [CODEC_UTF16] = "utf-16",
        [CODEC_UTF16_LE] = "utf-16-le",
        [CODEC_UTF16_BE] = "utf-16-be",
        [CODEC_UTF32] = "utf-32",
        [CODEC_UTF32_LE] = "utf-32-le",
        [CODEC_UTF32_BE] = "utf-32-be",
        [CODEC_ASCII] = "ascii",
        [CODEC_LATIN1] = "latin-1",
        [CODEC_ESCAPE] = "unicodeescape",
        [CODEC_RAW_ESCAPE] = "rawunicodeescape",
    };

    return shown[codec];
}

/* _codecs.encode(v, encoding, errors) or _codecs.decode(...): LookupError where
 * the codec is not known. */
static rt_val
ask_module(const char *what, rt_val v, const char *encoding, const char *errors)
{
    rt_val module = rt_import_name("_codecs"), f;

    if (rt_is_null(module)) {
        if (!rt_exc_is(&rt_exc_ImportError))
            return RT_NULL;
        rt_exc_clear();
        return rt_raise(&rt_exc_LookupError, "unknown encoding: %s", encoding);
    }
    f = rt_getattr(module, rt_intern(what));
    if (rt_is_null(f))
        return RT_NULL;
    return rt_call3(f, v, rt_str_new(encoding, -1), rt_str_new(errors, -1));
}

/* -- decoding -- */

static bool
is_ascii(const char *p, int64_t n)
{
    int64_t i;

    for (i = 0; i < n; i++)
        if ((unsigned char)p[i] >= 128)
            return false;
    return true;
}

/* Byte order of a mark at the beginning, which is skipped; 0: none. */
static int
read_mark(struct rt_decoder *d, int bytes)
{
    static const char marks[4][5] = {"\xFF\xFE", "\xFE\xFF", "\xFF\xFE\0\0",
                                     "\0\0\xFE\xFF"};
    int i = bytes == 4 ? 2 : 0;

    if (d->len < bytes)
        return 0;
    if (memcmp(d->data, marks[i], (size_t)bytes) == 0) {
        d->pos = bytes;
        return -1;
    }
    if (memcmp(d->data, marks[i + 1], (size_t)bytes) == 0) {
        d->pos = bytes;
        return 1;
    }
    return 0;
}

static const char *
ordered_name(int bits, int order)
{
    if (bits == 16)
        return order < 0 ? "utf-16-le" : "utf-16-be";
    return order < 0 ? "utf-32-le" : "utf-32-be";
}

static int
decode_marked(struct rt_decoder *d, int bits)
{
    int order = read_mark(d, bits / 8);

    if (order == 0)
        order = -1;
    d->encoding = ordered_name(bits, order);
    return bits == 16 ? rt_decode_utf16(d, order) : rt_decode_utf32(d, order);
}

static int
run_decoder(struct rt_decoder *d, enum codec codec)
{
    switch (codec) {
    case CODEC_UTF8_SIG:
    case CODEC_UTF8:
        return rt_decode_utf8(d);
    case CODEC_UTF16:
        return decode_marked(d, 16);
    case CODEC_UTF16_LE:
        return rt_decode_utf16(d, -1);
    case CODEC_UTF16_BE:
        return rt_decode_utf16(d, 1);
    case CODEC_UTF32:
        return decode_marked(d, 32);
    case CODEC_UTF32_LE:
        return rt_decode_utf32(d, -1);
    case CODEC_UTF32_BE:
        return rt_decode_utf32(d, 1);
    case CODEC_ESCAPE:
        return rt_decode_escape(d, false);
    case CODEC_RAW_ESCAPE:
        return rt_decode_escape(d, true);
    default:
        return rt_decode_ascii(d);
    }
}

static void
begin(struct rt_decoder *d, const char *data, int64_t len, const char *name,
      const char *errors, bool final)
{
    memset(d, 0, sizeof *d);
    d->encoding = name;
    d->errors = errors;
    d->data = (const unsigned char *)data;
    d->len = len;
    d->final = final;
    d->input = RT_NULL;
}

static rt_val
finish(struct rt_decoder *d, int result, int64_t *used)
{
    if (used != NULL)
        *used = d->pos;
    if (result < 0) {
        rt_builder_drop(&d->out);
        return RT_NULL;
    }
    return rt_builder_finish(&d->out);
}

rt_val
rt_decode_some(const char *data, int64_t len, const char *encoding,
               const char *errors, bool final, int64_t *used)
{
    enum codec codec = find_codec(encoding);
    struct rt_decoder d;
    int64_t mark = 0;
    rt_val r;

    if (codec == CODEC_LATIN1 ||
        ((codec == CODEC_UTF8 || codec == CODEC_ASCII) &&
         is_ascii(data, len))) {
        if (used != NULL)
            *used = len;
        return rt_str_from_latin1(data, len);
    }
    if (codec == CODEC_UTF8_SIG && len >= 3 &&
        memcmp(data, "\xEF\xBB\xBF", 3) == 0)
        mark = 3; /* places in errors count from behind it */
    begin(&d, data + mark, len - mark, shown_name(codec), errors, final);
    r = finish(&d, run_decoder(&d, codec), used);
    if (used != NULL)
        *used += mark;
    return r;
}

rt_val
rt_decode_order(const char *data, int64_t len, int bits, int *order,
                const char *errors, bool final, int64_t *used)
{
    struct rt_decoder d;
    int r;

    begin(&d, data, len, bits == 16 ? "utf-16" : "utf-32", errors, final);
    if (*order == 0) {
        if (len < bits / 8 && !final)
            return finish(&d, 0, used);
        *order = read_mark(&d, bits / 8);
    }
    d.encoding = ordered_name(bits, *order == 0 ? -1 : *order);
    r = bits == 16 ? rt_decode_utf16(&d, *order == 0 ? -1 : *order)
                   : rt_decode_utf32(&d, *order == 0 ? -1 : *order);
    return finish(&d, r, used);
}

rt_val
rt_decode(const char *data, int64_t len, const char *encoding,
          const char *errors)
{
    rt_val r;

    if (find_codec(encoding) != CODEC_NONE)
        return rt_decode_some(data, len, encoding, errors, true, NULL);
    r = ask_module("decode", rt_bytes_new(data, len), encoding, errors);
    if (!rt_is_null(r) && !rt_is_str(r))
        return rt_raise(&rt_exc_TypeError,
                        "'%s' decoder returned '%T' instead of 'str'; use "
                        "codecs.decode() to decode to arbitrary types",
                        encoding, r);
    return r;
}

/* -- encoding -- */

static int
run_encoder(struct rt_encoder *e, enum codec codec)
{
    switch (codec) {
    case CODEC_UTF8_SIG:
        nac_buf_put(&e->out, "\xEF\xBB\xBF", 3);
        return rt_encode_utf8(e);
    case CODEC_UTF8:
        return rt_encode_utf8(e);
    case CODEC_UTF16:
        return rt_encode_utf16(e, 0);
    case CODEC_UTF16_LE:
        return rt_encode_utf16(e, -1);
    case CODEC_UTF16_BE:
        return rt_encode_utf16(e, 1);
    case CODEC_UTF32:
        return rt_encode_utf32(e, 0);
    case CODEC_UTF32_LE:
        return rt_encode_utf32(e, -1);
    case CODEC_UTF32_BE:
        return rt_encode_utf32(e, 1);
    case CODEC_ESCAPE:
        return rt_encode_escape(e, false);
    case CODEC_RAW_ESCAPE:
        return rt_encode_escape(e, true);
    default:
        return rt_encode_latin1(e, codec == CODEC_ASCII ? 128 : 256);
    }
}

rt_val
rt_encode(rt_val str, const char *encoding, const char *errors)
{
    enum codec codec = find_codec(encoding);
    struct rt_str *s = rt_str_of(str);
    struct rt_encoder e;
    rt_val r;

    if (codec == CODEC_NONE) {
        r = ask_module("encode", str, encoding, errors);
        if (!rt_is_null(r) && !rt_is_bytes(r))
            return rt_raise(&rt_exc_TypeError,
                            "'%s' encoder returned '%T' instead of 'bytes'; "
                            "use codecs.encode() to encode to arbitrary types",
                            encoding, r);
        return r;
    }
    if ((s->ascii && (codec == CODEC_UTF8 || codec == CODEC_ASCII)) ||
        (s->kind == 1 && codec == CODEC_LATIN1))
        return rt_bytes_new(s->data, s->len);
    memset(&e, 0, sizeof e);
    e.encoding = shown_name(codec);
    e.errors = errors;
    e.str = str;
    e.out.soft = true;
    if (run_encoder(&e, codec) < 0) {
        nac_buf_free(&e.out);
        return RT_NULL;
    }
    r = e.out.failed ? rt_raise_memory()
                     : rt_bytes_new(e.out.data, (int64_t)e.out.len);
    nac_buf_free(&e.out);
    return r;
}
