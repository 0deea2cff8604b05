/* SPDX-License-Identifier: MIT
 * frontend/source.c: bytes of a file to UTF-8 text: byte order mark, encoding
 * cookie (PEP 263), translation of newlines. Called by the parser.
 */
#include "config.h"

#include "frontend/source.h"

#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "frontend/lexer.h"

static int
reject(struct fe_error *err, const char *type, char *msg)
{
    err->type = type;
    err->msg = msg;
    err->col = strcmp(type, "ValueError") != 0 ? -1 : 0;
    err->has_location = strcmp(type, "ValueError") != 0;
    return -1;
}

/* The cookie in one of the first two lines: coding[:=]\s*([-\w.]+), in a
 * comment that nothing but blanks precedes. False where the line is neither
 * blank nor a comment: then no second line is looked at. */
static bool
find_cookie(const char *s, const char *end, char *name, size_t size)
{
    const char *p = s;
    name[0] = 0;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\f'))
        p++;
    if (p == end)
        return true;
    if (*p != '#')
        return false;
    for (; p + 7 <= end; p++) {
        if (memcmp(p, "coding", 6) != 0 || (p[6] != ':' && p[6] != '='))
            continue;
        const char *q = p + 7;
        while (q < end && (*q == ' ' || *q == '\t'))
            q++;
        size_t n = 0;
        while (q < end && n + 1 < size &&
               ((*q >= 'a' && *q <= 'z') || (*q >= 'A' && *q <= 'Z') ||
                (*q >= '0' && *q <= '9') || *q == '-' || *q == '_' ||
                *q == '.'))
            name[n++] = *q++;
        name[n] = 0;
        if (n)
            return true;
    }
    return true;
}

/* "UTF_8-sig" and the like are "utf-8"; "latin-1" is "iso-8859-1". */
static void
normalize(char *name)
{
    char s[13];
    int i;
    for (i = 0; i < 12 && name[i]; i++)
        s[i] = name[i] == '_'
                   ? '-'
                   : (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 32
                                                             : name[i]);
    s[i] = 0;
    static const char *const latin[] = {"latin-1", "iso-8859-1", "iso-latin-1"};
    if (strcmp(s, "utf-8") == 0 || strncmp(s, "utf-8-", 6) == 0) {
        strcpy(name, "utf-8");
        return;
    }
    for (i = 0; i < 3; i++) {
        size_t n = strlen(latin[i]);
        if (strncmp(s, latin[i], n) == 0 && (!s[n] || s[n] == '-'))
            strcpy(name, "iso-8859-1");
    }
}

static int
convert(struct nac_arena *arena, const char *name, const char **text,
        size_t *len)
{
    char plain[80];
    snprintf(plain, sizeof plain, "%s", name);
    for (char *p = plain; *p; p++)
        if (*p == '_')
            *p = '-';
    /* what Python and iconv call differently */
    static const char *const aliases[][2] = {
        {"utf8", "utf-8"},
        {"latin1", "iso-8859-1"},
        {"mac-roman", "macintosh"},
        {"macroman", "macintosh"},
    };
    const char *known = plain;
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(plain, aliases[i][0]) == 0)
            known = aliases[i][1];
    iconv_t cd = iconv_open("UTF-8", known);
    if (cd == (iconv_t)-1)
        return -1;
    size_t cap = *len * 4 + 16, out_left = cap, in_left = *len;
    char *out = nac_arena_alloc(arena, cap + 2), *to = out;
    char *from = (char *)(uintptr_t)*text;
    size_t r = iconv(cd, &from, &in_left, &to, &out_left);
    iconv_close(cd);
    if (r == (size_t)-1)
        return -2;
    *text = out;
    *len = cap - out_left;
    return 0;
}

/* Copies with \r\n and \r as \n, a newline at the end and a NUL. */
static void
translate(struct nac_arena *arena, const char *s, size_t len, bool add_newline,
          struct fe_source *out)
{
    char *text = nac_arena_alloc(arena, len + 2), *to = text;
    if (!memchr(s, '\r', len)) {
        memcpy(text, s, len);
        to += len;
    } else {
        for (size_t i = 0; i < len; i++) {
            if (s[i] != '\r')
                *to++ = s[i];
            else if (i + 1 == len || s[i + 1] != '\n')
                *to++ = '\n';
        }
    }
    if (add_newline && to > text && to[-1] != '\n')
        *to++ = '\n';
    *to = 0;
    out->text = text;
    out->len = (size_t)(to - text);
}

char *
fe_bad_utf8(struct nac_arena *arena, const char *s, size_t len)
{
    const char *p = s, *end = s + len;
    while (p < end) {
        uint32_t cp;
        int n = *p & 0x80 ? nac_utf8_decode(p, end, &cp, 0) : 1;
        if (n == 0) {
            uint8_t c = (uint8_t)*p;
            const char *why = c < 0xc2 || c > 0xf4 ? "invalid start byte"
                              : p + 1 == end       ? "unexpected end of data"
                                             : "invalid continuation byte";
            return nac_arena_printf(arena,
                                    "(unicode error) 'utf-8' codec can't "
                                    "decode byte 0x%02x in position %zu: %s",
                                    c, (size_t)(p - s), why);
        }
        p += n;
    }
    return NULL;
}

int
fe_source_text(struct nac_arena *arena, const char *s, size_t len,
               bool add_newline, struct fe_source *out, struct fe_error *err)
{
    if (memchr(s, 0, len))
        return reject(err, "ValueError",
                      nac_arena_strdup(arena, "source code string cannot "
                                              "contain null bytes"));
    out->encoding = "utf-8";
    out->bad_utf8 = fe_bad_utf8(arena, s, len) != NULL;
    translate(arena, s, len, add_newline, out);
    return 0;
}

int
fe_source_decode(struct nac_arena *arena, const char *s, size_t len,
                 const char *filename, bool add_newline, struct fe_source *out,
                 struct fe_error *err)
{
    char name[64] = "";
    (void)filename;
    out->bad_utf8 = false;
    bool bom = len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0;
    if (memchr(s, 0, len))
        return fe_source_text(arena, s, len, add_newline, out, err);
    if (bom)
        s += 3, len -= 3;
    const char *line = s, *end = s + len;
    for (int i = 0; i < 2 && line < end; i++) {
        const char *stop = line;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        if (!find_cookie(line, stop, name, sizeof name) || name[0])
            break;
        line =
            stop + 1 + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n');
    }
    char cookie[64];
    strcpy(cookie, name);
    if (name[0])
        normalize(name);
    if (bom && name[0] && strcmp(name, "utf-8") != 0)
        return reject(
            err, "SyntaxError",
            nac_arena_printf(arena, "encoding problem: %s with BOM", name));
    out->encoding = name[0] ? nac_arena_strdup(arena, name) : "utf-8";
    if (!name[0] || strcmp(name, "utf-8") == 0) {
        out->bad_utf8 = fe_bad_utf8(arena, s, len) != NULL;
    } else {
        size_t bad = 0;
        bool ascii =
            strcmp(name, "ascii") == 0 || strcmp(name, "us-ascii") == 0;
        while (ascii && bad < len && !(s[bad] & 0x80))
            bad++;
        if (ascii && bad < len)
            return reject(err, "SyntaxError",
                          nac_arena_printf(arena,
                                           "'ascii' codec can't decode byte "
                                           "0x%02x in position %zu: ordinal "
                                           "not in range(128)",
                                           (uint8_t)s[bad], bad));
        int r = convert(arena, name, &s, &len);
        if (r == -1)
            return reject(
                err, "SyntaxError",
                nac_arena_printf(arena, "unknown encoding: %s", cookie));
        if (r < 0)
            return reject(
                err, "SyntaxError",
                nac_arena_printf(arena, "encoding problem: %s", cookie));
    }
    translate(arena, s, len, add_newline, out);
    return 0;
}
