/* SPDX-License-Identifier: MIT
 * frontend/lexer.c: source text to tokens: indentation, continuation lines,
 * names, numbers, strings and operators. An f-string is one STRING token here;
 * fstring.c looks inside. Called by the parser, which asks for one token at a
 * time and keeps those it has seen.
 */
#include "config.h"

#include "frontend/lexer.h"

#include <string.h>
#include <unictype.h>

#include "base/utf8.h"

enum {
    C_START = 1, /* begins an identifier */
    C_PART = 2,  /* continues one */
    C_DIGIT = 4,
    C_HEX = 8
};

static const uint8_t classes[256] = {
    ['0' ... '7'] = C_PART | C_DIGIT | C_HEX,
    ['8' ... '9'] = C_PART | C_DIGIT | C_HEX,
    ['A' ... 'F'] = C_START | C_PART | C_HEX,
    ['G' ... 'Z'] = C_START | C_PART,
    ['a' ... 'f'] = C_START | C_PART | C_HEX,
    ['g' ... 'z'] = C_START | C_PART,
    ['_'] = C_START | C_PART,
    [128 ... 255] = C_START | C_PART,
};

static bool
is(const char *p, int mask)
{
    return classes[(uint8_t)*p] & mask;
}

static const char *const texts[FE_TOKENS] = {
    [FE_T_END] = "ENDMARKER",    [FE_T_NEWLINE] = "NEWLINE",
    [FE_T_INDENT] = "INDENT",    [FE_T_DEDENT] = "DEDENT",
    [FE_T_NAME] = "NAME",        [FE_T_NUMBER] = "NUMBER",
    [FE_T_STRING] = "STRING",    [FE_T_UNKNOWN] = "UNKNOWN",
    [FE_T_ERROR] = "ERRORTOKEN",
#define FE_OP(name, text) [FE_T_##name] = text,
#define FE_KW(name, text) [FE_K_##name] = text,
#include "frontend/tokens.def"
};

const char *
fe_token_text(enum fe_token_type type)
{
    return texts[type];
}

void
fe_lexer_init(struct fe_lexer *lx, struct nac_arena *arena,
              struct fe_names *names, struct fe_warnings *warnings,
              struct fe_error *err, const char *text)
{
    memset(lx, 0, offsetof(struct fe_lexer, indents));
    lx->indents[0] = lx->alt_indents[0] = 0;
    lx->arena = arena;
    lx->names = names;
    lx->warnings = warnings;
    lx->err = err;
    lx->text = lx->cur = lx->line_start = lx->buf = text;
    lx->first_lineno = 1;
    lx->lineno = *text ? 1 : 0; /* where errors of empty texts are put */
    lx->at_bol = true;
}

/* ---------------------------------------------------------------- errors */

void
fe_warn(struct fe_warnings *w, struct nac_arena *arena, const char *category,
        int line, const char *fmt, ...)
{
    if (!w)
        return;
    struct nac_buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    nac_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    nac_vec_push(&w->v, (struct fe_warning){
                            category, nac_arena_strdup(arena, b.data), line});
    nac_buf_free(&b);
}

/* Characters that begin within the first [n] bytes of the line. */
static int
count_chars(const char *line, int n)
{
    int chars = 0;
    for (int i = 0; i < n; i++) {
        if (!line[i]) /* one past the end still counts */
            return chars + (i < n);
        chars += ((uint8_t)line[i] & 0xc0) != 0x80;
    }
    return chars;
}

static const char *
find_line(struct fe_lexer *lx, int line)
{
    const char *s = lx->text;
    for (int n = lx->first_lineno; n < line; n++) {
        const char *end = strchr(s, '\n');
        if (!end)
            break;
        s = end + 1;
    }
    return s;
}

void
fe_error_at(struct fe_lexer *lx, const char *type, int line, int col,
            int end_line, int end_col, const char *fmt, ...)
{
    struct fe_error *err = lx->err;
    if (err->type)
        return;
    struct nac_buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    if (lx->fstring)
        nac_buf_puts(&b, "f-string: ");
    nac_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    err->type = type;
    err->msg = nac_arena_strdup(lx->arena, b.data);
    nac_buf_free(&b);
    const char *s;
    size_t len;
    if (lx->lineno <= line) { /* all that CPython has in its buffer */
        const char *end = lx->line_start + strcspn(lx->line_start, "\n");
        s = lx->buf;
        len = (size_t)(end - s) + (*end == '\n');
    } else {
        s = find_line(lx, line);
        len = strcspn(s, "\n");
    }
    err->text = nac_arena_strndup(lx->arena, s, len);
    if (lx->fstring) {
        col -= lx->first_col;
        end_col -= lx->first_col;
    } else {
        if (col > 0)
            col = count_chars(err->text, col);
        if (end_col > 0)
            end_col = count_chars(err->text, end_col);
    }
    err->line = line;
    err->col = col;
    err->end_line = end_line;
    err->end_col = end_col;
    err->has_location = true;
}

void
fe_error_unclosed(struct fe_lexer *lx)
{
    int line = lx->paren_line[lx->level - 1];
    int col = lx->paren_col[lx->level - 1];
    if (lx->fstring) /* only '(' of our own can be meant */
        fe_error_at(lx, "SyntaxError", line, col + 1, line, -1 + 1,
                    "'%c' was never closed", lx->parens[lx->level - 1]);
    else
        fe_error_at(lx, "SyntaxError", line, col + 1, line, 0,
                    "'%c' was never closed", lx->parens[lx->level - 1]);
}

/* An error of the lexer proper: at the character before the current one; from
 * and to are byte columns where the range is known, else -1. */
static void __attribute__((format(printf, 4, 5)))
fail_range(struct fe_lexer *lx, int from, int to, const char *fmt, ...)
{
    struct fe_error *err = lx->err;
    if (err->type)
        return;
    struct nac_buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    nac_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    err->type = "SyntaxError";
    err->msg = nac_arena_strdup(lx->arena, b.data);
    nac_buf_free(&b);
    err->line = err->end_line = lx->lineno;
    err->text = nac_arena_strndup(lx->arena, lx->line_start,
                                  strcspn(lx->line_start, "\n"));
    err->col = from;
    if (from < 0) {
        err->col = 0;
        for (const char *p = lx->line_start; p < lx->cur; p++)
            err->col += ((uint8_t)*p & 0xc0) != 0x80;
    }
    err->end_col = to < 0 ? err->col : to;
    err->has_location = true;
    lx->done = FE_DONE_ERROR;
    lx->hard = true;
}

#define fail(lx, ...) fail_range((lx), -1, -1, __VA_ARGS__)

/* ----------------------------------------------------------------- lines */

static void
next_line(struct fe_lexer *lx)
{
    lx->lineno++;
    lx->line_start = lx->cur;
}

/* After a backslash: to the start of the next line. False is an error. */
static bool
continue_line(struct fe_lexer *lx)
{
    if (*lx->cur != '\n') {
        if (*lx->cur)
            lx->cur++;
        int col = (int)(lx->cur - lx->buf) - 1; /* sic */
        lx->done = FE_DONE_ERROR;
        fe_error_at(lx, "SyntaxError", lx->lineno, col + 1, lx->lineno, 0,
                    "unexpected character after line continuation character");
        return false;
    }
    lx->cur++;
    if (!*lx->cur) {
        lx->done = FE_DONE_EOF;
        if (lx->level)
            fe_error_unclosed(lx);
        else
            fe_error_at(lx, "SyntaxError", lx->lineno,
                        (int)(lx->cur - lx->line_start), lx->lineno, -1,
                        "unexpected EOF while parsing");
        return false;
    }
    next_line(lx);
    return true;
}

static bool
bad_tabs(struct fe_lexer *lx)
{
    lx->done = FE_DONE_ERROR;
    fe_error_at(lx, "TabError", lx->lineno, 1, lx->lineno, 0,
                "inconsistent use of tabs and spaces in indentation");
    return false;
}

/* Compares the indentation with the stack's: sets pending. */
static bool
set_indent(struct fe_lexer *lx, int col, int alt_col)
{
    if (col == lx->indents[lx->indent])
        return alt_col == lx->alt_indents[lx->indent] || bad_tabs(lx);
    if (col > lx->indents[lx->indent]) {
        if (lx->indent + 1 >= FE_MAX_INDENT) {
            lx->done = FE_DONE_ERROR;
            fe_error_at(lx, "IndentationError", lx->lineno, 1, lx->lineno, 0,
                        "too many levels of indentation");
            return false;
        }
        if (alt_col <= lx->alt_indents[lx->indent])
            return bad_tabs(lx);
        lx->pending++;
        lx->indent++;
        lx->indents[lx->indent] = col;
        lx->alt_indents[lx->indent] = alt_col;
        return true;
    }
    while (lx->indent > 0 && col < lx->indents[lx->indent]) {
        lx->pending--;
        lx->indent--;
    }
    if (col != lx->indents[lx->indent]) {
        lx->done = FE_DONE_ERROR;
        int width = (int)strcspn(lx->line_start, "\n");
        fe_error_at(lx, "IndentationError", lx->lineno, width + 1, lx->lineno,
                    -1, "unindent does not match any outer indentation level");
        return false;
    }
    return alt_col == lx->alt_indents[lx->indent] || bad_tabs(lx);
}

/* At the beginning of a line. Blank lines and comments are skipped whole.
 * False is an error. */
static bool
read_indent(struct fe_lexer *lx)
{
    for (;;) {
        int col = 0, alt_col = 0, cont_col = 0;
        bool split = false;
        for (;; lx->cur++) {
            if (*lx->cur == ' ') {
                col++, alt_col++;
            } else if (*lx->cur == '\t') {
                col = (col / 8 + 1) * 8;
                alt_col++;
            } else if (*lx->cur == '\f') {
                col = alt_col = 0;
            } else if (*lx->cur == '\\') {
                /* the first line's indentation is the one that counts */
                cont_col = cont_col ? cont_col : col;
                split = true;
                lx->cur++;
                if (!continue_line(lx))
                    return false;
                lx->buf = lx->line_start;
                lx->cur--;
            } else {
                break;
            }
        }
        if (*lx->cur == '#')
            lx->cur += strcspn(lx->cur, "\n");
        else if (*lx->cur != '\n') {
            lx->at_bol = false;
            if (split && cont_col)
                col = alt_col = cont_col;
            return lx->level > 0 || set_indent(lx, col, alt_col);
        }
        if (!*lx->cur) { /* a comment without a newline at the end */
            lx->at_bol = false;
            return true;
        }
        lx->cur++;
        if (*lx->cur) {
            next_line(lx);
            lx->buf = lx->cur;
        }
    }
}

/* --------------------------------------------------------------- numbers */

/* [c] is the first character after a number of that kind. */
static bool
end_number(struct fe_lexer *lx, const char *c, const char *kind)
{
    static const char *const words[] = {"and", "else", "for", "if",
                                        "in",  "is",   "or",  "not"};
    lx->cur = c;
    if (!is(c, C_PART))
        return true;
    bool warn = false;
    for (int i = 0; i < 8; i++) {
        size_t len = strlen(words[i]);
        warn |= strncmp(c, words[i], len) == 0 &&
                (*c == 'i' || !is(c + len, C_PART));
    }
    if (warn) {
        fe_warn(lx->warnings, lx->arena, "SyntaxWarning", lx->lineno,
                "invalid %s literal", kind);
        return true;
    }
    fail(lx, "invalid %s literal", kind);
    return false;
}

/* digit ('_'? digit)*; NULL is an error. */
static const char *
decimal_tail(struct fe_lexer *lx, const char *p)
{
    for (;;) {
        while (is(p, C_DIGIT))
            p++;
        if (*p != '_')
            return p;
        p++;
        if (!is(p, C_DIGIT)) {
            lx->cur = p;
            fail(lx, "invalid decimal literal");
            return NULL;
        }
    }
}

static bool
radix_number(struct fe_lexer *lx, const char *p, int radix, const char *kind)
{
    for (;;) {
        if (*p == '_')
            p++;
        const char *digits = p;
        while (radix == 16 ? is(p, C_HEX) : *p >= '0' && *p < '0' + radix)
            p++;
        if (radix < 16 && is(p, C_DIGIT)) {
            lx->cur = p + 1;
            fail(lx, "invalid digit '%c' in %s literal", *p, kind);
            return false;
        }
        if (p == digits) {
            lx->cur = p;
            fail(lx, "invalid %s literal", kind);
            return false;
        }
        if (*p != '_')
            return end_number(lx, p, kind);
    }
}

/* From the end of the integer part. */
static bool
number_rest(struct fe_lexer *lx, const char *p)
{
    if (*p == '.') {
        p++;
        if (is(p, C_DIGIT) && !(p = decimal_tail(lx, p)))
            return false;
    }
    if (*p == 'e' || *p == 'E') {
        const char *e = p++;
        if (*p == '+' || *p == '-') {
            p++;
            if (!is(p, C_DIGIT)) {
                lx->cur = p;
                fail(lx, "invalid decimal literal");
                return false;
            }
        } else if (!is(p, C_DIGIT)) {
            return end_number(lx, e, "decimal");
        }
        if (!(p = decimal_tail(lx, p)))
            return false;
    }
    if (*p == 'j' || *p == 'J')
        return end_number(lx, p + 1, "imaginary");
    return end_number(lx, p, "decimal");
}

static bool
zero_number(struct fe_lexer *lx)
{
    const char *p = lx->cur + 1; /* after the zero */
    if (*p == 'x' || *p == 'X')
        return radix_number(lx, p + 1, 16, "hexadecimal");
    if (*p == 'o' || *p == 'O')
        return radix_number(lx, p + 1, 8, "octal");
    if (*p == 'b' || *p == 'B')
        return radix_number(lx, p + 1, 2, "binary");
    for (;;) {
        if (*p == '_') {
            p++;
            if (!is(p, C_DIGIT)) {
                lx->cur = p;
                fail(lx, "invalid decimal literal");
                return false;
            }
        }
        if (*p != '0')
            break;
        p++;
    }
    const char *zeros = p;
    if (is(p, C_DIGIT) && !(p = decimal_tail(lx, p)))
        return false;
    if (p > zeros && *p != '.' && (*p | 32) != 'e' && (*p | 32) != 'j') {
        lx->cur = p;
        fail_range(lx, (int)(lx->tok_start + 1 - lx->line_start),
                   (int)(zeros + 1 - lx->line_start),
                   "leading zeros in decimal integer literals are not "
                   "permitted; use an 0o prefix for octal integers");
        return false;
    }
    return number_rest(lx, p);
}

/* --------------------------------------------------------- names, strings */

/* XID_Start XID_Continue* (PEP 3131); [lx->cur] is the end of the word. */
static bool
check_identifier(struct fe_lexer *lx)
{
    const char *p = lx->tok_start;
    const char *word_end = lx->cur;
    while (p < word_end) {
        uint32_t cp;
        int n = nac_utf8_decode(p, word_end, &cp, 0);
        if (n == 0) {
            fe_error_at(lx, "SyntaxError", lx->lineno,
                        (int)(lx->cur - lx->line_start), lx->lineno, -1, "%s",
                        fe_bad_utf8(lx->arena, lx->tok_start,
                                    (size_t)(word_end - lx->tok_start)));
            lx->done = FE_DONE_ERROR;
            return false;
        }
        bool ok = p == lx->tok_start ? cp == '_' || uc_is_property_xid_start(cp)
                                     : uc_is_property_xid_continue(cp);
        p += n;
        if (ok)
            continue;
        lx->cur = p;
        char text[5] = {0};
        nac_utf8_encode(text, cp);
        if (fe_is_printable(cp))
            fail(lx, "invalid character '%s' (U+%04X)", text, (unsigned)cp);
        else
            fail(lx, "invalid non-printable character U+%04X", (unsigned)cp);
        return false;
    }
    return true;
}

/* Up to two letters before a quote: is it a prefix of a string? */
static bool
is_prefix(const char *s, size_t len)
{
    char a = (char)(s[0] | 32);
    if (len == 1)
        return a == 'r' || a == 'b' || a == 'f' || a == 'u';
    char b = (char)(s[1] | 32);
    return (a == 'r' && (b == 'b' || b == 'f')) ||
           (b == 'r' && (a == 'b' || a == 'f'));
}

/* [lx->cur] is at the opening quote. */
static bool
read_string(struct fe_lexer *lx, struct fe_token *t)
{
    const char *p = lx->cur;
    const char *first_line = lx->line_start;
    int first_lineno = lx->lineno;
    char quote = *p++;
    if (p[0] == quote && p[1] == quote) {
        p += 2;
        for (;;) {
            char c = *p++;
            if (c == quote && p[0] == quote && p[1] == quote) {
                p += 2;
                break;
            }
            if (c == '\\' && *p)
                c = *p++;
            if (c == '\n' && *p) {
                lx->cur = p;
                next_line(lx);
            }
            if (!c || (c == '\n' && !*p))
                goto unterminated_triple;
        }
    } else {
        for (;;) {
            char c = *p++;
            if (c == quote)
                break;
            if (!c || c == '\n')
                goto unterminated;
            if (c == '\\') {
                if (!*p)
                    goto unterminated;
                if (*p++ == '\n') {
                    if (!*p)
                        goto unterminated;
                    lx->cur = p;
                    next_line(lx);
                }
            }
        }
    }
    lx->cur = p;
    t->type = FE_T_STRING;
    t->lineno = first_lineno;
    t->col = (int)(lx->tok_start - first_line);
    if (first_lineno == lx->first_lineno)
        t->col += lx->first_col;
    return true;

    int last;
unterminated:
    last = lx->lineno;
    lx->cur = lx->tok_start + 1;
    lx->line_start = first_line;
    lx->lineno = first_lineno;
    fail(lx, "unterminated string literal (detected at line %d)", last);
    return false;
unterminated_triple:
    last = lx->lineno;
    lx->cur = lx->tok_start + 1;
    lx->line_start = first_line;
    lx->lineno = first_lineno;
    fail(lx, "unterminated triple-quoted string literal (detected at line %d)",
         last);
    lx->err->incomplete = true;
    return false;
}

/* ------------------------------------------------------------- operators */

static bool
open_paren(struct fe_lexer *lx, char c)
{
    if (lx->level >= FE_MAX_LEVEL) {
        fail(lx, "too many nested parentheses");
        return false;
    }
    lx->parens[lx->level] = c;
    lx->paren_line[lx->level] = lx->lineno;
    lx->paren_col[lx->level] = (int)(lx->tok_start - lx->line_start);
    lx->level++;
    return true;
}

static bool
close_paren(struct fe_lexer *lx, char c)
{
    if (!lx->level) {
        fail(lx, "unmatched '%c'", c);
        return false;
    }
    lx->level--;
    char open = lx->parens[lx->level];
    if ((open == '(' && c == ')') || (open == '[' && c == ']') ||
        (open == '{' && c == '}'))
        return true;
    if (lx->paren_line[lx->level] != lx->lineno)
        fail(lx,
             "closing parenthesis '%c' does not match opening parenthesis "
             "'%c' on line %d",
             c, open, lx->paren_line[lx->level]);
    else
        fail(lx,
             "closing parenthesis '%c' does not match opening parenthesis '%c'",
             c, open);
    return false;
}

/* The operator at [p] and its length. */
static int
read_operator(const char *p, struct fe_token *t)
{
#define ONE(c, T)                                                              \
    case c:                                                                    \
        t->type = FE_T_##T;                                                    \
        return 1
#define ONE_EQ(c, T, TEQ)                                                      \
    case c:                                                                    \
        t->type = p[1] == '=' ? FE_T_##TEQ : FE_T_##T;                         \
        return 1 + (p[1] == '=')
#define TWO_EQ(c, T, TEQ, D, DEQ)                                              \
    case c:                                                                    \
        if (p[1] == c) {                                                       \
            t->type = p[2] == '=' ? FE_T_##DEQ : FE_T_##D;                     \
            return 2 + (p[2] == '=');                                          \
        }                                                                      \
        t->type = p[1] == '=' ? FE_T_##TEQ : FE_T_##T;                         \
        return 1 + (p[1] == '=')
    switch (*p) {
        ONE('(', LPAR);
        ONE(')', RPAR);
        ONE('[', LSQB);
        ONE(']', RSQB);
        ONE('{', LBRACE);
        ONE('}', RBRACE);
        ONE(',', COMMA);
        ONE(';', SEMI);
        ONE('~', TILDE);
        ONE_EQ(':', COLON, COLONEQUAL);
        ONE_EQ('+', PLUS, PLUSEQUAL);
        ONE_EQ('|', VBAR, VBAREQUAL);
        ONE_EQ('&', AMPER, AMPEREQUAL);
        ONE_EQ('=', EQUAL, EQEQUAL);
        ONE_EQ('%', PERCENT, PERCENTEQUAL);
        ONE_EQ('^', CIRCUMFLEX, CIRCUMFLEXEQUAL);
        ONE_EQ('@', AT, ATEQUAL);
        ONE_EQ('!', UNKNOWN, NOTEQUAL);
        TWO_EQ('*', STAR, STAREQUAL, DOUBLESTAR, DOUBLESTAREQUAL);
        TWO_EQ('/', SLASH, SLASHEQUAL, DOUBLESLASH, DOUBLESLASHEQUAL);
        TWO_EQ('>', GREATER, GREATEREQUAL, RIGHTSHIFT, RIGHTSHIFTEQUAL);
    case '<':
        if (p[1] == '>') {
            t->type = FE_T_NOTEQUAL;
            t->ltgt = true;
            return 2;
        }
        if (p[1] == '<') {
            t->type = p[2] == '=' ? FE_T_LEFTSHIFTEQUAL : FE_T_LEFTSHIFT;
            return 2 + (p[2] == '=');
        }
        t->type = p[1] == '=' ? FE_T_LESSEQUAL : FE_T_LESS;
        return 1 + (p[1] == '=');
    case '-':
        if (p[1] == '>') {
            t->type = FE_T_RARROW;
            return 2;
        }
        t->type = p[1] == '=' ? FE_T_MINEQUAL : FE_T_MINUS;
        return 1 + (p[1] == '=');
    case '.':
        if (p[1] == '.' && p[2] == '.') {
            t->type = FE_T_ELLIPSIS;
            return 3;
        }
        t->type = FE_T_DOT;
        return 1;
    default:
        t->type = FE_T_UNKNOWN;
        return 1;
    }
#undef ONE
#undef ONE_EQ
#undef TWO_EQ
}

/* ---------------------------------------------------------------- tokens */

static void
no_position(struct fe_lexer *lx, struct fe_token *t, enum fe_token_type type)
{
    t->type = (uint8_t)type;
    t->lineno = t->end_lineno = lx->lineno;
    t->col = t->end_col = -1;
    t->start = lx->cur;
    t->len = 0;
    lx->tok_start = lx->cur;
}

static void
at_end(struct fe_lexer *lx, struct fe_token *t)
{
    lx->done = FE_DONE_EOF;
    if (lx->level) {
        fe_error_unclosed(lx);
        lx->err->incomplete = true;
        no_position(lx, t, FE_T_ERROR);
    } else if (lx->eof_newline && lx->started) {
        lx->started = false;
        lx->pending = -lx->indent;
        lx->indent = 0;
        lx->done = FE_DONE_OK;
        no_position(lx, t, FE_T_NEWLINE);
    } else {
        no_position(lx, t, FE_T_END);
    }
}

/* A name, a keyword or a string with a prefix. */
static bool
read_word(struct fe_lexer *lx, struct fe_token *t)
{
    const char *p = lx->cur;
    uint8_t any = 0;
    do
        any |= (uint8_t)*p++;
    while (is(p, C_PART));
    size_t len = (size_t)(p - lx->tok_start);
    lx->cur = p;
    if (len <= 2 && (*p == '"' || *p == '\'') && is_prefix(lx->tok_start, len))
        return read_string(lx, t);
    if (any & 0x80) {
        if (!check_identifier(lx))
            return false;
        t->type = FE_T_NAME;
        t->name = fe_names_normal(lx->names, lx->tok_start, len);
        return true;
    }
    const struct fe_name *name = fe_names_add(lx->names, lx->tok_start, len);
    t->type = name->type;
    t->name = name->text;
    return true;
}

/* One token from a character that is not white space. */
static bool
read_token(struct fe_lexer *lx, struct fe_token *t)
{
    const char *p = lx->cur;
    if (is(p, C_START))
        return read_word(lx, t);
    if (is(p, C_DIGIT) || (*p == '.' && is(p + 1, C_DIGIT))) {
        t->type = FE_T_NUMBER;
        if (*p == '0')
            return zero_number(lx);
        return (p = decimal_tail(lx, p)) && number_rest(lx, p);
    }
    if (*p == '"' || *p == '\'')
        return read_string(lx, t);
    int n = read_operator(p, t);
    lx->cur = p + n;
    switch (t->type) {
    case FE_T_LPAR:
    case FE_T_LSQB:
    case FE_T_LBRACE:
        return open_paren(lx, *p);
    case FE_T_RPAR:
    case FE_T_RSQB:
    case FE_T_RBRACE:
        return close_paren(lx, *p);
    case FE_T_UNKNOWN:
        if ((uint8_t)*p < 32 || *p == 127) {
            fail(lx, "invalid non-printable character U+%04X",
                 (unsigned)(uint8_t)*p);
            return false;
        }
        return true;
    default:
        return true;
    }
}

void
fe_lexer_next(struct fe_lexer *lx, struct fe_token *t)
{
    t->ltgt = false;
    t->name = NULL;
    if (lx->at_bol && !read_indent(lx)) {
        no_position(lx, t, FE_T_ERROR);
        return;
    }
    if (lx->pending) {
        lx->started = true;
        no_position(lx, t, lx->pending < 0 ? FE_T_DEDENT : FE_T_INDENT);
        lx->pending += lx->pending < 0 ? 1 : -1;
        return;
    }
    for (;;) {
        while (*lx->cur == ' ' || *lx->cur == '\t' || *lx->cur == '\f')
            lx->cur++;
        const char *start = lx->cur; /* NEWLINE begins with a comment */
        if (*lx->cur == '#')
            while (*lx->cur && *lx->cur != '\n')
                lx->cur++;
        if (!*lx->cur) {
            at_end(lx, t);
            return;
        }
        if (*lx->cur == '\\') {
            lx->cur++;
            if (!continue_line(lx)) {
                no_position(lx, t, FE_T_ERROR);
                return;
            }
            continue;
        }
        if (*lx->cur != '\n')
            break;
        if (lx->level == 0) {
            t->type = FE_T_NEWLINE;
            t->lineno = t->end_lineno = lx->lineno;
            t->col = (int)(start - lx->line_start);
            t->end_col = (int)(lx->cur - lx->line_start);
            if (lx->lineno == lx->first_lineno) {
                t->col += lx->first_col;
                t->end_col += lx->first_col;
            }
            t->start = lx->tok_start = lx->cur;
            t->len = 0;
            lx->cur++;
            if (*lx->cur) {
                next_line(lx);
                lx->buf = lx->cur;
            }
            lx->at_bol = true;
            lx->started = true;
            return;
        }
        lx->cur++;
        if (*lx->cur) {
            next_line(lx);
            lx->buf = lx->cur;
        }
    }
    lx->started = true;
    lx->tok_start = lx->cur;
    int col = (int)(lx->cur - lx->line_start);
    t->col = lx->lineno == lx->first_lineno ? col + lx->first_col : col;
    t->lineno = lx->lineno;
    if (!read_token(lx, t)) {
        no_position(lx, t, FE_T_ERROR);
        return;
    }
    t->start = lx->tok_start;
    t->len = (uint32_t)(lx->cur - lx->tok_start);
    t->end_lineno = lx->lineno;
    t->end_col = (int)(lx->cur - lx->line_start);
    if (lx->lineno == lx->first_lineno)
        t->end_col += lx->first_col;
}
