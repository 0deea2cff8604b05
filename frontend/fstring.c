/* SPDX-License-Identifier: MIT
 * frontend/fstring.c: the inside of f-strings. As in Python 3.11 an f-string
 * is one token; each replacement field is cut out of it by counting brackets
 * and quotes, put in parentheses and parsed on its own. Called by literals.c.
 */
#include "config.h"

#include "frontend/literals.h"

#include <stdio.h>
#include <string.h>

static int
fail(struct fe_joined *j, const char *msg)
{
    fe_error_token(j->at->lx, "SyntaxError", j->at->last_read, msg);
    return -1;
}

static int
fail_char(struct fe_joined *j, const char *fmt, char a, char b)
{
    char msg[100];
    snprintf(msg, sizeof msg, fmt, a, b);
    return fail(j, msg);
}

/* The pending text becomes a Constant. */
static void
flush_text(struct fe_joined *j, const struct fe_token *a,
           const struct fe_token *b)
{
    if (!j->text.len)
        return;
    struct nac_arena *arena = j->at->lx->arena;
    struct fe_node *n = fe_node_new(arena, FE_Constant);
    fe_span(n, a, b);
    n->u.Constant.value.kind = FE_AST_STR;
    n->u.Constant.value.u.s =
        nac_arena_strndup(arena, j->text.data, j->text.len);
    n->u.Constant.value.len = (uint32_t)j->text.len;
    if (a->start[0] == 'u')
        n->u.Constant.kind = "u";
    j->text.len = 0;
    nac_vec_push(&j->values, n);
}

struct fe_node *
fe_join_finish(struct fe_joined *j, const struct fe_token *a,
               const struct fe_token *b)
{
    struct nac_arena *arena = j->at->lx->arena;
    flush_text(j, a, b);
    struct fe_node *n = fe_node_new(arena, FE_JoinedStr);
    fe_span(n, a, b);
    n->u.JoinedStr.values.len = j->values.len;
    n->u.JoinedStr.values.items =
        NAC_NEW_ARRAY(arena, struct fe_node *, j->values.len);
    if (j->values.len)
        memcpy(n->u.JoinedStr.values.items, j->values.items,
               j->values.len * sizeof *j->values.items);
    return n;
}

/* Text up to the next field or the end of this (nested) f-string. 1: a
 * doubled brace ended it, go on; 0: at a brace or the end; -1: error. */
static int
read_literal(struct fe_joined *j, const char **str, const char *end, bool raw,
             int depth, const struct fe_token *t)
{
    const char *s = *str, *start = s;
    int result = 0;
    while (s < end) {
        char c = *s++;
        if (!raw && c == '\\' && s < end) {
            c = *s++;
            if (c == 'N') {
                if (s < end && *s++ == '{')
                    while (s < end && *s++ != '}')
                        ;
                continue;
            }
            if (c == '{')
                fe_warn(j->at->lx->warnings, j->at->lx->arena,
                        "DeprecationWarning", t->lineno,
                        "invalid escape sequence '\\{'");
        }
        if (c != '{' && c != '}')
            continue;
        if (depth == 0) {
            if (s < end && *s == c) {
                *str = s + 1;
                result = 1;
                goto done;
            }
            if (c == '}')
                return fail(j, "f-string: single '}' is not allowed");
        }
        s--;
        break;
    }
    *str = s;
done:
    if (s > start) {
        if (raw)
            nac_buf_put(&j->text, start, (size_t)(s - start));
        else if (fe_decode_str(j->at, &j->text, start, (size_t)(s - start), t))
            return -1;
    }
    return result;
}

/* Finds the end of the expression at *str; 0 or -1. */
static int
skip_expression(struct fe_joined *j, const char **str, const char *end)
{
    char stack[FE_MAX_LEVEL];
    int level = 0, quotes = 0;
    char quote = 0;
    const char *s = *str;
    for (; s < end; s++) {
        char c = *s;
        if (c == '\\')
            return fail(j,
                        "f-string expression part cannot include a backslash");
        if (quote) {
            if (c != quote)
                continue;
            if (quotes == 1) {
                quote = 0;
            } else if (s + 2 < end && s[1] == c && s[2] == c) {
                s += 2;
                quote = 0;
            }
            continue;
        }
        if (c == '\'' || c == '"') {
            quotes = 1;
            if (s + 2 < end && s[1] == c && s[2] == c) {
                quotes = 3;
                s += 2;
            }
            quote = c;
        } else if (c == '[' || c == '{' || c == '(') {
            if (level >= FE_MAX_LEVEL)
                return fail(j, "f-string: too many nested parenthesis");
            stack[level++] = c;
        } else if (c == '#') {
            return fail(j, "f-string expression part cannot include '#'");
        } else if (level == 0 && c && strchr("!:}=<>", c)) {
            if (s + 1 < end && s[1] == '=' && strchr("!=<>", c)) {
                s++;
                continue;
            }
            if (c != '>' && c != '<')
                break;
        } else if (c == ']' || c == '}' || c == ')') {
            if (level == 0)
                return fail_char(j, "f-string: unmatched '%c'", c, 0);
            char open = stack[--level];
            if ((open == '(') != (c == ')') || (open == '[') != (c == ']'))
                return fail_char(j,
                                 "f-string: closing parenthesis '%c' does not "
                                 "match opening parenthesis '%c'",
                                 c, open);
        }
    }
    *str = s;
    if (quote)
        return fail(j, "f-string: unterminated string");
    if (level)
        return fail_char(j, "f-string: unmatched '%c'", stack[level - 1], 0);
    return 0;
}

/* Line and column of the '{' before [start], as 3.11 reports them. */
static void
find_place(const char *start, const struct fe_token *t, int *lineno, int *col)
{
    const char *brace = start - 1;
    int lines = 0, cols = 0;
    const char *p = start;
    while (*p == ' ' || *p == '\t' || *p == '\f')
        p++;
    for (const char *q = t->start; q < brace; q++)
        lines += *q == '\n';
    if (*p != '}' && *p != '\n') {
        p = brace;
        while (p > t->start && *p != '\n')
            p--;
        cols = (int)(brace - p);
        if (*p == '\n')
            cols--;
    }
    *lineno = t->lineno + lines;
    *col = lines ? cols : t->col + cols;
}

static struct fe_node *
parse_expression(struct fe_joined *j, const char *start, const char *end,
                 const struct fe_token *t)
{
    const char *p = start;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f'))
        p++;
    if (p == end) {
        if (*end == '!' || *end == ':' || *end == '=')
            fail_char(j, "f-string: expression required before '%c'", *end, 0);
        else
            fail(j, "f-string: empty expression not allowed");
        return NULL;
    }
    struct nac_arena *arena = j->at->lx->arena;
    size_t len = (size_t)(end - start);
    char *text = nac_arena_alloc(arena, len + 4);
    text[0] = '(';
    memcpy(text + 1, start, len);
    text[len + 1] = ')';
    text[len + 2] = '\n';
    int lineno, col;
    find_place(start, t, &lineno, &col);
    return fe_parse_fstring(j->at->lx, text, lineno, col);
}

/* {expression [=] [!conversion] [:format]} at *str. */
static struct fe_node *
read_field(struct fe_joined *j, const char **str, const char *end, bool raw,
           int depth, const struct fe_token *t)
{
    static const char expecting[] = "f-string: expecting '}'";
    if (depth >= 2) {
        fail(j, "f-string: expressions nested too deeply");
        return NULL;
    }
    const char *start = ++*str;
    if (skip_expression(j, str, end) < 0)
        return NULL;
    const char *s = *str;
    if (s >= end) {
        fail(j, expecting);
        return NULL;
    }
    struct fe_node *value = parse_expression(j, start, s, t);
    if (!value)
        return NULL;
    bool debug = *s == '=';
    int conversion = -1;
    struct fe_node *spec = NULL;
    if (debug) {
        s++;
        while (s < end && *s && strchr(" \t\n\v\f\r", *s))
            s++;
        if (s >= end)
            goto expected;
        nac_buf_put(&j->text, start, (size_t)(s - start));
    }
    if (*s == '!') {
        if (++s >= end)
            goto expected;
        conversion = *s++;
        if (conversion != 's' && conversion != 'r' && conversion != 'a') {
            fail(j, "f-string: invalid conversion character: expected 's', "
                    "'r', or 'a'");
            return NULL;
        }
    }
    if (s >= end)
        goto expected;
    if (*s == ':') {
        if (++s >= end)
            goto expected;
        struct fe_joined inner = {
            .at = j->at, .first = j->first, .last = j->last, .f = true};
        *str = s;
        if (fe_join_fstring(&inner, str, end, raw, depth + 1, t) == 0)
            spec = fe_join_finish(&inner, t, t);
        nac_vec_free(&inner.values);
        nac_buf_free(&inner.text);
        if (!spec)
            return NULL;
        s = *str;
    }
    if (s >= end || *s != '}')
        goto expected;
    *str = s + 1;
    struct fe_node *n = fe_node_new(j->at->lx->arena, FE_FormattedValue);
    fe_span(n, j->first, j->last);
    n->u.FormattedValue.value = value;
    n->u.FormattedValue.conversion =
        conversion < 0 && debug && !spec ? 'r' : conversion;
    n->u.FormattedValue.format_spec = spec;
    return n;
expected:
    fail(j, expecting);
    return NULL;
}

int
fe_join_fstring(struct fe_joined *j, const char **str, const char *end,
                bool raw, int depth, const struct fe_token *t)
{
    for (;;) {
        int r = read_literal(j, str, end, raw, depth, t);
        if (r < 0)
            return -1;
        if (r > 0)
            continue;
        if (*str >= end || **str == '}')
            break;
        struct fe_node *field = read_field(j, str, end, raw, depth, t);
        if (!field)
            return -1;
        flush_text(j, j->first, j->last);
        nac_vec_push(&j->values, field);
    }
    if (depth > 0 && (*str >= end || **str != '}'))
        return fail(j, "f-string: expecting '}'");
    return 0;
}
