/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/utf8.h"

int
nac_utf8_decode(const char *s, const char *end, uint32_t *cp, int surrogates)
{
    const unsigned char *p = (const unsigned char *)s;
    uint32_t c, least;
    int n, i;

    if (s >= end)
        return 0;
    c = p[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    if (c >= 0xC2 && c < 0xE0)
        n = 2, c &= 0x1F, least = 0x80;
    else if (c >= 0xE0 && c < 0xF0)
        n = 3, c &= 0x0F, least = 0x800;
    else if (c >= 0xF0 && c < 0xF5)
        n = 4, c &= 0x07, least = 0x10000;
    else
        return 0;
    if (end - s < n)
        return 0;
    for (i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3F);
    }
    if (c < least || c > 0x10FFFF)
        return 0;
    if (c >= 0xD800 && c < 0xE000 && !surrogates)
        return 0;
    *cp = c;
    return n;
}

int
nac_utf8_encode(char *out, uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}
