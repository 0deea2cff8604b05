/* SPDX-License-Identifier: MIT
 * runtime/objects/codec.h: what the codecs written in C share. Others call
 * rt_encode() and rt_decode(), or those of modules/_codecs.
 */
#ifndef RT_CODEC_H
#define RT_CODEC_H

#include "base/buf.h"
#include "runtime/runtime.h"

/* A decoder at work: input, output, and what to do with errors. */
struct rt_decoder {
    const char *encoding; /* as error messages name it */
    const char *errors;
    const unsigned char *data;
    int64_t len, pos;
    bool final;   /* false: an incomplete sequence at the end is left */
    rt_val input; /* bytes object for exceptions, made at need; RT_NULL */
    struct rt_builder out;
};

/* Bytes [start, end) cannot be decoded: consults the error handler, which
 * appends its replacement and sets pos. 0, or -1. */
int rt_decode_error(struct rt_decoder *d, int64_t start, int64_t end,
                    const char *reason);

struct rt_encoder {
    const char *encoding, *errors;
    rt_val str;
    int64_t pos;
    struct nac_buf out;
    /* Puts one replacement character into [out]; false: not encodable. */
    bool (*put)(struct rt_encoder *e, uint32_t c);
};

/* Characters [start, end) cannot be encoded. 0, or -1. */
int rt_encode_error(struct rt_encoder *e, int64_t start, int64_t end,
                    const char *reason);

/* Decoders take all of d->data (or as much as is complete); 0, or -1. */
int rt_decode_utf8(struct rt_decoder *d);
int rt_decode_utf16(struct rt_decoder *d, int order); /* -1 LE, 1 BE, 0 BOM */
int rt_decode_utf32(struct rt_decoder *d, int order);
int rt_decode_ascii(struct rt_decoder *d);
int rt_decode_escape(struct rt_decoder *d, bool raw); /* unicode_escape */
int rt_encode_utf8(struct rt_encoder *e);
int rt_encode_utf16(struct rt_encoder *e, int order);
int rt_encode_utf32(struct rt_encoder *e, int order);
int rt_encode_latin1(struct rt_encoder *e, uint32_t limit); /* 128: ascii */
int rt_encode_escape(struct rt_encoder *e, bool raw);

/* Stateful decoding for modules/_codecs: stores how many bytes were used. */
rt_val rt_decode_some(const char *data, int64_t len, const char *encoding,
                      const char *errors, bool final, int64_t *used);
/* UTF-16 and UTF-32 with a byte order found in or given by *order. */
rt_val rt_decode_order(const char *data, int64_t len, int bits, int *order,
                       const char *errors, bool final, int64_t *used);

/* Error handlers by name (codecs.register_error): an object, or RT_NULL
 * with LookupError. */
rt_val rt_codec_handler(const char *name);
void rt_codec_set_handler(const char *name, rt_val handler);

#endif
