/* SPDX-License-Identifier: MIT
 * frontend/literals.c: from the spelling of numbers and strings to their
 * values. Called by the parser and by the explanation of syntax errors.
 */
#include "config.h"

#include "frontend/literals.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum {
    MAX_DIGITS = 4300 /* sys.int_info.default_max_str_digits */
};

void
fe_span(struct fe_node *n, const struct fe_token *a, const struct fe_token *b)
{
    n->lineno = a->lineno;
    n->col = a->col;
    n->end_lineno = b->end_lineno;
    n->end_col = b->end_col;
}

void
fe_error_token(struct fe_lexer *lx, const char *type, const struct fe_token *t,
               const char *msg)
{
    int col = t->col < 0 ? (int)(lx->cur - lx->line_start) : t->col + 1;
    int end_col = t->end_col < 0 ? -1 : t->end_col + 1;
    fe_error_at(lx, type, t->lineno, col, t->end_lineno, end_col, "%s", msg);
}

/* --------------------------------------------------------------- numbers */

static struct fe_node *
make_int(struct fe_lexer *lx, struct fe_node *n, char *s, size_t len,
         const struct fe_token *t)
{
    unsigned base = 10;
    size_t i = 0;
    if (len > 1 && s[0] == '0') {
        base = s[1] == 'x' ? 16 : s[1] == 'o' ? 8 : s[1] == 'b' ? 2 : 10;
        i = base == 10 ? 0 : 2;
    }
    while (i + 1 < len && s[i] == '0') {
        i++;
    }
    if (base == 10) {
        s += i;
        len -= i;
        i = 0;
    }
    if (base == 10 && len > MAX_DIGITS) {
        fe_error_at(lx, "SyntaxError", t->lineno, 0, t->end_lineno, 0,
                    "Exceeds the limit (%d digits) for integer string "
                    "conversion: value has %zu digits; use "
                    "sys.set_int_max_str_digits() to increase the limit - "
                    "Consider hexadecimal for huge integer literals to avoid "
                    "decimal conversion limits.",
                    MAX_DIGITS, len);
        return NULL;
    }
    uint64_t value = 0;
    for (; i < len; i++) {
        unsigned digit =
            s[i] <= '9' ? (unsigned)(s[i] - '0') : (unsigned)(s[i] - 'a' + 10);
        if (__builtin_mul_overflow(value, base, &value) ||
            __builtin_add_overflow(value, digit, &value) || value > INT64_MAX) {
            n->u.Constant.value.kind = FE_AST_BIGINT;
            n->u.Constant.value.u.s = s;
            n->u.Constant.value.len = (uint32_t)len;
            return n;
        }
    }
    n->u.Constant.value.kind = FE_AST_INT;
    n->u.Constant.value.u.i = (int64_t)value;
    return n;
}

struct fe_node *
fe_make_number(struct fe_lexer *lx, const struct fe_token *t)
{
    struct fe_node *n = fe_node_new(lx->arena, FE_Constant);
    fe_span(n, t, t);
    if (t->len == 1) {
        n->u.Constant.value.kind = FE_AST_INT;
        n->u.Constant.value.u.i = *t->start - '0';
        return n;
    }
    /* lower case, without underscores */
    char *s = nac_arena_alloc(lx->arena, t->len + 1);
    size_t len = 0;
    bool is_float = false;
    for (uint32_t i = 0; i < t->len; i++) {
        char c = t->start[i];
        if (c == '_')
            continue;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 32);
        is_float |= c == '.' || c == 'e';
        s[len++] = c;
    }
    bool hex = len > 1 && s[0] == '0' && s[1] == 'x';
    if (s[len - 1] == 'j') {
        s[len - 1] = 0;
        n->u.Constant.value.kind = FE_AST_COMPLEX;
        n->u.Constant.value.u.d = strtod(s, NULL);
        return n;
    }
    if (is_float && !hex) {
        n->u.Constant.value.kind = FE_AST_FLOAT;
        n->u.Constant.value.u.d = strtod(s, NULL);
        return n;
    }
    return make_int(lx, n, s, len, t);
}

/* --------------------------------------------------------------- escapes */

static void
put_char(struct nac_buf *out, uint32_t cp)
{
    char text[4];
    nac_buf_put(out, text, (size_t)nac_utf8_encode(text, cp));
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The message of CPython's decoder: its positions count every character that
 * is not ASCII as ten. */
static int
bad_unicode(const struct fe_literal_at *at, const char *start,
            const char *escape, const char *end, const char *why)
{
    size_t from = 0;
    for (const char *p = start; p < escape; p++)
        if (((uint8_t)*p & 0xc0) == 0xc0)
            from += 10;
        else if (!(*p & 0x80))
            from += p[0] == '\\' && (p[1] & 0x80) ? 6 : 1;
    size_t to = from + (size_t)(end - escape) - 1;
    char msg[200];
    if (from == to)
        snprintf(msg, sizeof msg,
                 "(unicode error) 'unicodeescape' codec can't decode byte "
                 "0x5c in position %zu: %s",
                 from, why);
    else
        snprintf(msg, sizeof msg,
                 "(unicode error) 'unicodeescape' codec can't decode bytes in "
                 "position %zu-%zu: %s",
                 from, to, why);
    fe_error_token(at->lx, "SyntaxError", at->last_read, msg);
    return -1;
}

/* \N{name}; [p] is after the N. */
static const char *
named_char(const struct fe_literal_at *at, struct nac_buf *out,
           const char *start, const char *p, const char *end)
{
    static const char malformed[] = "malformed \\N character escape";
    const char *escape = p - 2;
    if (p >= end || *p != '{') {
        bad_unicode(at, start, escape, p, malformed);
        return NULL;
    }
    const char *close = memchr(p, '}', (size_t)(end - p));
    if (!close || close == p + 1) {
        bad_unicode(at, start, escape, close ? p + 1 : end, malformed);
        return NULL;
    }
    char name[256];
    size_t len = (size_t)(close - p - 1);
    long cp = -1;
    if (len < sizeof name) {
        memcpy(name, p + 1, len);
        name[len] = 0;
        cp = fe_char_named(name);
    }
    if (cp < 0) {
        bad_unicode(at, start, escape, close + 1,
                    "unknown Unicode character name");
        return NULL;
    }
    put_char(out, (uint32_t)cp);
    return close + 1;
}

/* One- to three-digit octal escape. */
static const char *
octal(const char *p, const char *end, unsigned *value)
{
    unsigned v = 0;
    for (int i = 0; i < 3 && p < end && *p >= '0' && *p <= '7'; i++)
        v = v * 8 + (unsigned)(*p++ - '0');
    *value = v;
    return p;
}

static int
simple_escape(char c)
{
    switch (c) {
    case '\\':
    case '\'':
    case '"':
        return c;
    case 'a':
        return 7;
    case 'b':
        return 8;
    case 'f':
        return 12;
    case 'n':
        return 10;
    case 'r':
        return 13;
    case 't':
        return 9;
    case 'v':
        return 11;
    default:
        return -1;
    }
}

static void
warn_escape(const struct fe_literal_at *at, const char *s, unsigned oct,
            bool *warned, const struct fe_token *t)
{
    if (*warned)
        return;
    *warned = true;
    if (oct)
        fe_warn(at->lx->warnings, at->lx->arena, "DeprecationWarning",
                t->lineno, "invalid octal escape sequence '\\%.3s'", s);
    else
        fe_warn(at->lx->warnings, at->lx->arena, "DeprecationWarning",
                t->lineno, "invalid escape sequence '\\%c'", *s);
}

int
fe_decode_str(const struct fe_literal_at *at, struct nac_buf *out,
              const char *s, size_t len, const struct fe_token *t)
{
    const char *p = s, *end = s + len;
    bool warned = false;
    while (p < end) {
        const char *slash = memchr(p, '\\', (size_t)(end - p));
        if (!slash) {
            nac_buf_put(out, p, (size_t)(end - p));
            break;
        }
        nac_buf_put(out, p, (size_t)(slash - p));
        p = slash + 1;
        if (p >= end || (*p & 0x80)) {
            nac_buf_putc(out, '\\');
            continue;
        }
        char c = *p++;
        int plain = simple_escape(c);
        unsigned value;
        if (plain >= 0) {
            nac_buf_putc(out, (char)plain);
        } else if (c == '\n') {
            continue;
        } else if (c >= '0' && c <= '7') {
            const char *digits = p - 1;
            p = octal(digits, end, &value);
            if (value > 255)
                warn_escape(at, digits, value, &warned, t);
            put_char(out, value);
        } else if (c == 'x' || c == 'u' || c == 'U') {
            int n = c == 'x' ? 2 : c == 'u' ? 4 : 8;
            uint32_t cp = 0;
            for (int i = 0; i < n; i++, p++) {
                int d = p < end ? hex_digit(*p) : -1;
                if (d < 0)
                    return bad_unicode(at, s, slash, p,
                                       c == 'x'   ? "truncated \\xXX escape"
                                       : c == 'u' ? "truncated \\uXXXX escape"
                                                  : "truncated \\UXXXXXXXX "
                                                    "escape");
                cp = cp * 16 + (uint32_t)d;
            }
            if (cp > 0x10ffff)
                return bad_unicode(at, s, slash, p,
                                   "illegal Unicode character");
            put_char(out, cp);
        } else if (c == 'N') {
            if (!(p = named_char(at, out, s, p, end)))
                return -1;
        } else {
            warn_escape(at, p - 1, 0, &warned, t);
            nac_buf_putc(out, '\\');
            nac_buf_putc(out, c);
        }
    }
    return 0;
}

int
fe_decode_bytes(const struct fe_literal_at *at, struct nac_buf *out,
                const char *s, size_t len, const struct fe_token *t)
{
    const char *p = s, *end = s + len;
    bool warned = false;
    while (p < end) {
        char c = *p++;
        if (c != '\\') {
            nac_buf_putc(out, c);
            continue;
        }
        if (p >= end)
            break;
        c = *p++;
        int plain = simple_escape(c);
        unsigned value;
        if (plain >= 0) {
            nac_buf_putc(out, (char)plain);
        } else if (c == '\n') {
            continue;
        } else if (c >= '0' && c <= '7') {
            const char *digits = p - 1;
            p = octal(digits, end, &value);
            if (value > 255)
                warn_escape(at, digits, value, &warned, t);
            nac_buf_putc(out, (char)value);
        } else if (c == 'x') {
            int hi = p < end ? hex_digit(p[0]) : -1;
            int lo = p + 1 < end ? hex_digit(p[1]) : -1;
            if (hi < 0 || lo < 0) {
                char msg[80];
                snprintf(msg, sizeof msg,
                         "(value error) invalid \\x escape at position %zu",
                         (size_t)(p - 2 - s));
                fe_error_token(at->lx, "SyntaxError", at->last_read, msg);
                return -1;
            }
            nac_buf_putc(out, (char)(hi * 16 + lo));
            p += 2;
        } else {
            warn_escape(at, p - 1, 0, &warned, t);
            nac_buf_putc(out, '\\');
            nac_buf_putc(out, c);
        }
    }
    return 0;
}

/* --------------------------------------------------------------- strings */

struct spelling {
    bool bytes, raw, f;
    const char *s; /* between the quotes */
    size_t len;
};

static struct spelling
spell(const struct fe_token *t)
{
    struct spelling sp = {0};
    const char *p = t->start;
    for (; *p != '"' && *p != '\''; p++) {
        char c = (char)(*p | 32);
        sp.bytes |= c == 'b';
        sp.raw |= c == 'r';
        sp.f |= c == 'f';
    }
    size_t quotes =
        t->start + t->len - p >= 6 && p[0] == p[1] && p[0] == p[2] ? 3 : 1;
    sp.s = p + quotes;
    sp.len = t->len - (size_t)(p - t->start) - 2 * quotes;
    if (!memchr(sp.s, '\\', sp.len))
        sp.raw = true;
    return sp;
}

static struct fe_node *
make_constant(struct fe_lexer *lx, int kind, const char *s, size_t len,
              const struct fe_token *a, const struct fe_token *b)
{
    struct fe_node *n = fe_node_new(lx->arena, FE_Constant);
    fe_span(n, a, b);
    n->u.Constant.value.kind = (uint8_t)kind;
    n->u.Constant.value.u.s = nac_arena_strndup(lx->arena, s ? s : "", len);
    n->u.Constant.value.len = (uint32_t)len;
    if (a->start[0] == 'u' && kind == FE_AST_STR)
        n->u.Constant.kind = "u";
    return n;
}

static int
check_ascii(const struct fe_literal_at *at, const struct spelling *sp)
{
    for (size_t i = 0; i < sp->len; i++)
        if (sp->s[i] & 0x80) {
            fe_error_token(at->lx, "SyntaxError", at->last_read,
                           "bytes can only contain ASCII literal characters");
            return -1;
        }
    return 0;
}

static bool
check_utf8(const struct fe_literal_at *at, const struct spelling *sp)
{
    const char *msg = fe_bad_utf8(at->lx->arena, sp->s, sp->len);
    if (msg)
        fe_error_token(at->lx, "SyntaxError", at->last_read, msg);
    return !msg;
}

static int
add_token(struct fe_joined *j, const struct fe_token *t, bool first,
          bool *bytes)
{
    const struct fe_literal_at *at = j->at;
    struct spelling sp = spell(t);
    if (sp.bytes && check_ascii(at, &sp) < 0)
        return -1;
    if (at->lx->bad_utf8 && !check_utf8(at, &sp))
        return -1;
    if (!sp.f && !sp.raw) {
        int r = sp.bytes ? fe_decode_bytes(at, &j->text, sp.s, sp.len, t)
                         : fe_decode_str(at, &j->text, sp.s, sp.len, t);
        if (r < 0)
            return -1;
    }
    if (first) {
        *bytes = sp.bytes;
    } else if (*bytes != sp.bytes) {
        fe_error_token(at->lx, "SyntaxError", at->last_read,
                       "cannot mix bytes and nonbytes literals");
        return -1;
    }
    if (sp.f) {
        const char *s = sp.s;
        j->f = true;
        return fe_join_fstring(j, &s, sp.s + sp.len, sp.raw, 0, t);
    }
    if (sp.raw)
        nac_buf_put(&j->text, sp.s, sp.len);
    return 0;
}

struct fe_node *
fe_make_strings(const struct fe_literal_at *at, const struct fe_token *toks,
                uint32_t n)
{
    if (n == 1) {
        struct spelling sp = spell(toks);
        if (sp.raw && !sp.f && !sp.bytes && !at->lx->bad_utf8)
            return make_constant(at->lx, FE_AST_STR, sp.s, sp.len, toks, toks);
    }
    struct fe_joined j = {.at = at, .first = toks, .last = toks + n - 1};
    bool bytes = false;
    struct fe_node *node = NULL;
    for (uint32_t i = 0; i < n; i++)
        if (add_token(&j, &toks[i], i == 0, &bytes) < 0)
            goto done;
    if (j.f)
        node = fe_join_finish(&j, j.first, j.last);
    else
        node = make_constant(at->lx, bytes ? FE_AST_BYTES : FE_AST_STR,
                             j.text.data, j.text.len, j.first, j.last);
done:
    nac_vec_free(&j.values);
    nac_buf_free(&j.text);
    return node;
}
