/* SPDX-License-Identifier: MIT
 * frontend/repr.c: repr() of constants, as CPython prints them. Called by the
 * dumper and by the disassembler.
 */
#include "config.h"

#include "frontend/frontend.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "base/utf8.h"

bool
fe_is_printable(uint32_t cp)
{
    if (cp < 127)
        return cp >= 32;
    if (cp < 161)
        return false;
    switch (uc_general_category(cp).bitmask) {
    case UC_CATEGORY_MASK_Cc:
    case UC_CATEGORY_MASK_Cf:
    case UC_CATEGORY_MASK_Cs:
    case UC_CATEGORY_MASK_Co:
    case UC_CATEGORY_MASK_Cn:
    case UC_CATEGORY_MASK_Zl:
    case UC_CATEGORY_MASK_Zp:
    case UC_CATEGORY_MASK_Zs:
        return false;
    default:
        return true;
    }
}

/* The shortest of 1 to 17 digits that reads back as the same number, laid out
 * with an exponent below 1e-4 and from 1e16 on. */
void
fe_repr_double(struct nac_buf *out, double d)
{
    if (isnan(d)) {
        nac_buf_puts(out, "nan");
        return;
    }
    if (isinf(d)) {
        nac_buf_puts(out, d < 0 ? "-inf" : "inf");
        return;
    }
    char text[40];
    int digits = fabs(d) < 2.3e-308 ? 1 : 15; /* subnormals have fewer */
    do
        snprintf(text, sizeof text, "%.*e", digits - 1, d);
    while (strtod(text, NULL) != d && digits++ < 17);
    const char *p = text;
    if (*p == '-')
        nac_buf_putc(out, *p++);
    char mantissa[20];
    int n = 0;
    for (; *p != 'e'; p++)
        if (*p >= '0' && *p <= '9')
            mantissa[n++] = *p;
    while (n > 1 && mantissa[n - 1] == '0')
        n--;
    int exponent = atoi(p + 1);
    if (exponent < -4 || exponent >= 16) {
        nac_buf_putc(out, mantissa[0]);
        if (n > 1) {
            nac_buf_putc(out, '.');
            nac_buf_put(out, mantissa + 1, (size_t)n - 1);
        }
        nac_buf_printf(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
        return;
    }
    if (exponent < 0) {
        nac_buf_puts(out, "0.");
        for (int i = -1; i > exponent; i--)
            nac_buf_putc(out, '0');
        nac_buf_put(out, mantissa, (size_t)n);
        return;
    }
    for (int i = 0; i <= exponent; i++)
        nac_buf_putc(out, i < n ? mantissa[i] : '0');
    nac_buf_putc(out, '.');
    if (n > exponent + 1)
        nac_buf_put(out, mantissa + exponent + 1, (size_t)(n - exponent - 1));
    else
        nac_buf_putc(out, '0');
}

static char
choose_quote(const char *s, size_t len)
{
    return memchr(s, '\'', len) && !memchr(s, '"', len) ? '"' : '\'';
}

void
fe_repr_str(struct nac_buf *out, const char *s, size_t len)
{
    char quote = choose_quote(s, len);
    const char *end = s + len;
    nac_buf_putc(out, quote);
    while (s < end) {
        const char *run = s;
        while (s < end && *s >= 32 && *s < 127 && *s != '\\' && *s != quote)
            s++;
        nac_buf_put(out, run, (size_t)(s - run));
        if (s == end)
            break;
        uint32_t cp;
        int n = nac_utf8_decode(s, end, &cp, 1);
        if (n == 0)
            n = 1, cp = (uint8_t)*s;
        if (cp == (uint8_t)quote || cp == '\\')
            nac_buf_printf(out, "\\%c", (char)cp);
        else if (cp == '\n' || cp == '\r' || cp == '\t')
            nac_buf_puts(out, cp == '\n' ? "\\n" : cp == '\r' ? "\\r" : "\\t");
        else if (fe_is_printable(cp))
            nac_buf_put(out, s, (size_t)n);
        else if (cp < 0x100)
            nac_buf_printf(out, "\\x%02x", (unsigned)cp);
        else if (cp < 0x10000)
            nac_buf_printf(out, "\\u%04x", (unsigned)cp);
        else
            nac_buf_printf(out, "\\U%08x", (unsigned)cp);
        s += n;
    }
    nac_buf_putc(out, quote);
}

void
fe_repr_bytes(struct nac_buf *out, const char *s, size_t len)
{
    char quote = choose_quote(s, len);
    nac_buf_putc(out, 'b');
    nac_buf_putc(out, quote);
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)s[i];
        if (c == (uint8_t)quote || c == '\\')
            nac_buf_printf(out, "\\%c", c);
        else if (c == '\n' || c == '\r' || c == '\t')
            nac_buf_puts(out, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
        else if (c < 32 || c >= 127)
            nac_buf_printf(out, "\\x%02x", c);
        else
            nac_buf_putc(out, (char)c);
    }
    nac_buf_putc(out, quote);
}
