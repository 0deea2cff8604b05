/* SPDX-License-Identifier: MIT
 * runtime/io/file_text.c: what makes a text file of a stream of bytes:
 * encodings and newlines (PEP 278). Called by file.c.
 */
#include "config.h"

#include "runtime/io/file_parts.h"

#include <strings.h>

#include "base/mem.h"
#include "runtime/objects/text.h"

static const char *
text_of(rt_val v)
{
    return rt_str_utf8_any(v, NULL);
}

/* -- writing -- */

/* UTF-16 and the like begin with a mark, at the beginning of the file only. */
static const char *
encoding_here(struct rt_file *f, struct rt_stream *s)
{
    const char *name = text_of(f->encoding);

    if (!f->whole || rt_stream_tell(s) <= 0)
        return name;
    if (!strcasecmp(name, "utf-16") || !strcasecmp(name, "utf16"))
        return "utf-16-le";
    if (!strcasecmp(name, "utf-32") || !strcasecmp(name, "utf32"))
        return "utf-32-le";
    if (!strcasecmp(name, "utf-8-sig"))
        return "utf-8";
    return name;
}

static int
write_bytes(struct rt_stream *s, rt_val bytes)
{
    const char *data;
    int64_t len;

    if (rt_is_null(bytes) || rt_bytes_view(bytes, &data, &len) < 0)
        return -1;
    if (rt_stream_write(s, data, (size_t)len) < 0) {
        rt_file_errno();
        return -1;
    }
    return 0;
}

static rt_val
with_newlines(struct rt_file *f, rt_val text)
{
    return rt_str_replace(text, RT_ID(newline_char),
                          rt_str_new(f->out_newline, -1), -1);
}

int
rt_file_write_text(struct rt_file *f, struct rt_stream *s, rt_val text)
{
    const char *data;
    int64_t len;

    if (f->translate_out) {
        text = with_newlines(f, text);
        if (rt_is_null(text))
            return -1;
    }
    if (!f->utf8 || !rt_str_of(text)->ascii)
        return write_bytes(
            s, rt_encode(text, encoding_here(f, s), text_of(f->errors)));
    data = rt_str_utf8(text, &len);
    if (rt_stream_write(s, data, (size_t)len) < 0) {
        rt_file_errno();
        return -1;
    }
    return 0;
}

/* -- reading -- */

static uint8_t
newlines_in(const char *data, size_t len)
{
    uint8_t seen = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        if (data[i] == '\n') {
            seen |= RT_SEEN_LF;
        } else if (data[i] == '\r') {
            bool two = i + 1 < len && data[i + 1] == '\n';

            seen |= two ? RT_SEEN_CRLF : RT_SEEN_CR;
            i += two;
        }
    }
    return seen;
}

static rt_val
translated(rt_val text)
{
    rt_val nl = RT_ID(newline_char);

    text = rt_str_replace(text, rt_str_new("\r\n", 2), nl, -1);
    return rt_is_null(text) ? text
                            : rt_str_replace(text, rt_str_new("\r", 1), nl, -1);
}

/* Decoded text of bytes, newlines translated. */
rt_val
rt_file_decode(struct rt_file *f, const char *data, size_t len)
{
    const char *encoding = f->transcoded ? "utf-8" : text_of(f->encoding);
    const char *errors = f->transcoded ? "surrogatepass" : text_of(f->errors);
    bool cr = memchr(data, '\r', len) != NULL;
    rt_val v;

    if ((f->translate_in || !f->line_end) && f->newlines != 7)
        f->newlines |= cr                        ? newlines_in(data, len)
                       : memchr(data, '\n', len) ? RT_SEEN_LF
                                                 : 0;
    v = rt_decode(data, (int64_t)len, encoding, errors);
    return cr && f->translate_in && !rt_is_null(v) ? translated(v) : v;
}

/* Bytes that the first [chars] characters take; SIZE_MAX: not all there. */
size_t
rt_file_char_bytes(const struct rt_file *f, const char *data, size_t len,
                   int64_t chars, bool at_end)
{
    bool utf8 = f->utf8 || f->transcoded;
    size_t i = 0;

    for (; chars > 0 && i < len; chars--) {
        unsigned char c = (unsigned char)data[i];

        if (c == '\r' && f->translate_in) {
            if (i + 1 == len && !at_end)
                return SIZE_MAX;
            i += i + 1 < len && data[i + 1] == '\n';
        }
        i += !utf8 || c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }
    if (at_end)
        return i < len ? i : len;
    return chars > 0 || i > len ? SIZE_MAX : i;
}

/* Length of the next line, its end included; SIZE_MAX: not all read yet. */
size_t
rt_file_line_length(const struct rt_file *f, const char *p, size_t len,
                    bool at_end)
{
    size_t i;

    if (f->binary || f->line_end == '\n' || !memchr(p, '\r', len)) {
        const char *nl =
            f->binary || f->line_end != '\r' ? memchr(p, '\n', len) : NULL;

        return nl ? (size_t)(nl - p) + 1 : at_end ? len : SIZE_MAX;
    }
    for (i = 0; i < len; i++) {
        if (p[i] == '\n' && f->line_end == 0)
            return i + 1;
        if (p[i] != '\r')
            continue;
        if (f->line_end == '\r')
            return i + 1;
        if (i + 1 == len && !at_end)
            return SIZE_MAX;      /* a \n may follow */
        if (f->line_end == 'n') { /* "\r\n" only */
            if (i + 1 < len && p[i + 1] == '\n')
                return i + 2;
            continue;
        }
        return i + 1 + (i + 1 < len && p[i + 1] == '\n');
    }
    return at_end ? len : SIZE_MAX;
}

/* What has states is decoded as a whole and kept as UTF-8. */
int
rt_file_prepare(struct rt_file *f, struct rt_stream *s)
{
    int64_t got, len;
    const char *data;
    rt_val text, bytes;
    char *in;

    if (!f->whole || f->transcoded)
        return 0;
    while ((got = rt_stream_fill(s)) > 0)
        ;
    if (got < 0) {
        rt_file_errno();
        return -1;
    }
    text = rt_decode(s->in + s->in_pos, (int64_t)(s->in_len - s->in_pos),
                     text_of(f->encoding), text_of(f->errors));
    if (rt_is_null(text))
        return -1;
    bytes = rt_encode(text, "utf-8", "surrogatepass");
    if (rt_is_null(bytes) || rt_bytes_view(bytes, &data, &len) < 0)
        return -1;
    in = realloc(s->in, (size_t)len + RT_STREAM_BUFFER);
    if (!in) {
        rt_raise_memory();
        return -1;
    }
    s->in_cap = (size_t)len + RT_STREAM_BUFFER;
    s->in = in;
    memcpy(s->in, data, (size_t)len);
    s->in_pos = 0;
    s->in_len = (size_t)len;
    f->transcoded = true;
    return 0;
}

rt_val
rt_file_newlines(rt_val self)
{
    static const char *const names[] = {"\r", "\n", "\r\n"};
    rt_val found[3];
    int i, n = 0;

    for (i = 0; i < 3; i++)
        if (rt_file_of(self)->newlines & (1 << i))
            found[n++] = rt_intern(names[i]);
    return n == 0 ? rt_None : n == 1 ? found[0] : rt_tuple_new(found, n);
}

/* -- settings -- */

static int
set_newline(struct rt_file *f, const char *newline)
{
    if (newline && strcmp(newline, "") != 0 && strcmp(newline, "\n") != 0 &&
        strcmp(newline, "\r") != 0 && strcmp(newline, "\r\n") != 0) {
        rt_raise(&rt_exc_ValueError, "illegal newline value: %s", newline);
        return -1;
    }
    f->translate_in = !newline;
    f->line_end = newline ? newline[0] : 0;
    if (newline && strcmp(newline, "\r\n") == 0)
        f->line_end = 'n';
    f->translate_out = newline && *newline && strcmp(newline, "\n") != 0;
    snprintf(f->out_newline, sizeof f->out_newline, "%s",
             newline && *newline ? newline : "\n");
    return 0;
}

static bool
has_states(const char *encoding)
{
    return strncasecmp(encoding, "utf-16", 6) == 0 ||
           strncasecmp(encoding, "utf-32", 6) == 0 ||
           strncasecmp(encoding, "utf16", 5) == 0 ||
           strncasecmp(encoding, "utf32", 5) == 0 ||
           strcasecmp(encoding, "utf-8-sig") == 0 ||
           strcasecmp(encoding, "utf_8_sig") == 0;
}

int
rt_file_set_text(rt_val v, const char *encoding, const char *errors,
                 const char *newline)
{
    struct rt_file *f = rt_file_of(v);

    if (set_newline(f, newline) < 0)
        return -1;
    if (!encoding || strcmp(encoding, "locale") == 0)
        encoding = "UTF-8";
    f->utf8 = strcasecmp(encoding, "utf-8") == 0 ||
              strcasecmp(encoding, "utf8") == 0 ||
              strcasecmp(encoding, "utf_8") == 0;
    f->whole = has_states(encoding);
    if (!f->utf8 && rt_is_null(rt_decode("", 0, encoding, NULL)))
        return -1;
    rt_write(f, &f->encoding, rt_str_new(encoding, -1));
    rt_write(f, &f->errors, rt_str_new(errors ? errors : "strict", -1));
    return 0;
}

static const char *
setting(rt_val given, rt_val now)
{
    if (rt_is_null(given) || rt_is_none(given))
        return text_of(now);
    return text_of(given);
}

rt_val
rt_file_reconfigure(rt_val self, rt_val *args)
{
    struct rt_stream *s = rt_file_stream(self, NULL);
    struct rt_file *f = rt_file_of(self), old = *f;
    rt_val newline = args[2];

    if (!s)
        return RT_NULL;
    for (int i = 0; i < 3; i++)
        if (!rt_is_null(args[i]) && !rt_is_none(args[i]) && !rt_is_str(args[i]))
            return rt_raise(
                &rt_exc_TypeError,
                "reconfigure() argument must be str or None, not %T", args[i]);
    if (rt_stream_flush(s) < 0)
        return rt_file_errno();
    if (rt_file_set_text(self, setting(args[0], f->encoding),
                         rt_is_null(args[1]) && !rt_is_null(args[0])
                             ? NULL
                             : setting(args[1], f->errors),
                         rt_is_null(newline) || rt_is_none(newline)
                             ? NULL
                             : text_of(newline)) < 0)
        return RT_NULL;
    if (rt_is_null(newline)) {
        f->translate_in = old.translate_in;
        f->translate_out = old.translate_out;
        f->line_end = old.line_end;
        memcpy(f->out_newline, old.out_newline, sizeof old.out_newline);
    }
    for (int i = 3; i < 5; i++) {
        int on =
            rt_is_null(args[i]) || rt_is_none(args[i]) ? -1 : rt_truth(args[i]);

        if (on >= 0)
            *(i == 3 ? &s->line_buffered : &s->unbuffered) = on;
        else if (rt_raised())
            return RT_NULL;
    }
    return rt_None;
}
