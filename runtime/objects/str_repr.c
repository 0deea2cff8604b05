/* SPDX-License-Identifier: MIT
 * runtime/objects/str_repr.c: repr() and ascii() of strs.
 */
#include "config.h"

#include "runtime/objects/text.h"

#define NO_QUOTE UINT32_MAX

static const char hex[] = "0123456789abcdef";

/* Escape of one character into [out]; its length, 0: shown as it is. */
static int
escape(uint32_t c, uint32_t quote, bool ascii, char out[12])
{
    int n = 0, digits;

    out[n++] = '\\';
    if (c == quote || c == '\\') {
        out[n++] = (char)c;
        return n;
    }
    if (c == '\t' || c == '\n' || c == '\r') {
        out[n++] = c == '\t' ? 't' : c == '\n' ? 'n' : 'r';
        return n;
    }
    if (c < 127 ? c >= ' ' : !ascii && rt_char_is(c, RT_CHAR_PRINTABLE))
        return 0;
    digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    out[n++] = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    while (digits-- > 0)
        out[n++] = hex[c >> 4 * digits & 15];
    return n;
}

static rt_val
quoted(rt_val v, bool ascii)
{
    struct rt_str *s = rt_str_of(v), *r;
    int64_t i, len = 2, at = 1;
    uint32_t all = '\'', quote = '\'';
    bool single = false, dual = false;
    char text[12];
    int k, n;

    for (i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);

        single |= c == '\'';
        dual |= c == '"';
        n = escape(c, NO_QUOTE, ascii, text);
        if (n == 0)
            all |= c;
        len += n == 0 ? 1 : n;
    }
    if (single && !dual)
        quote = '"';
    else if (single)
        for (i = 0; i < s->len; i++)
            len += rt_str_at(s, i) == '\'';
    r = rt_str_alloc(len, all);
    if (r == NULL)
        return RT_NULL;
    rt_str_put(r, 0, quote);
    for (i = 0; i < s->len; i++) {
        uint32_t c = rt_str_at(s, i);

        n = escape(c, quote, ascii, text);
        if (n == 0)
            rt_str_put(r, at++, c);
        for (k = 0; k < n; k++)
            rt_str_put(r, at++, (unsigned char)text[k]);
    }
    rt_str_put(r, at, quote);
    return rt_from_ptr(r);
}

rt_val
rt_str_repr(rt_val v)
{
    return quoted(v, false);
}

rt_val
rt_str_ascii(rt_val v)
{
    return quoted(v, true);
}
