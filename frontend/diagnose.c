/* SPDX-License-Identifier: MIT
 * frontend/diagnose.c: finds out what is wrong with a text that the parser
 * has rejected. It reads the tokens by the grammar of grammar.c, alternative
 * by alternative and with memoisation, the way CPython's own parser works;
 * hence it stops at the same token and recognises the same mistakes. Slow, but
 * it runs only before an error is reported. Called by parser.c.
 */
#include "config.h"

#include "frontend/parser.h"

#include <stdio.h>

#include "base/map.h"
#include "frontend/grammar.h"

enum {
    MAX_LEVEL = 6000,     /* CPython's MAXSTACK */
    MAX_STEPS = 80000000, /* gives up with "invalid syntax" */
    MAX_ITEMS = 16
};

/* What a part of the grammar matched. */
enum { V_TOKEN = 200, V_LIST, V_EMPTY };

struct val {
    uint8_t kind;         /* enum fe_kind or V_... */
    uint32_t first, last; /* tokens */
    uint32_t n;
    struct val **kids;
};

static struct val empty = {.kind = V_EMPTY};

/* ------------------------------------------------------------ the grammar */

enum item_op {
    I_TOKEN,
    I_SOFT,
    I_ANY_SOFT,
    I_RULE,
    I_GROUP,
    I_OPTIONAL,
    I_REPEAT0,
    I_REPEAT1,
    I_GATHER,
    I_AND,
    I_NOT,
    I_FORCE,
    I_CUT
};

struct item {
    uint8_t op;
    char var;
    uint16_t arg; /* token or rule */
    const char *text;
    uint32_t len;
    struct alts *sub;
    struct item *inner, *sep;
};

struct alt {
    struct item items[MAX_ITEMS];
    uint32_t n;
    char action;
    uint8_t kind;
    char a, b;
    const char *text;
    uint32_t len;
};

struct alts {
    struct alt *items;
    uint32_t len;
};

struct rule {
    const char *name;
    uint32_t name_len;
    bool memo, left, invalid, no_invalid;
    struct alts *body;
};

struct memo {
    struct memo *next;
    uint32_t rule, end;
    struct val *val;
};

struct diag {
    struct nac_arena arena;
    struct fe_lexer *lx;
    struct nac_map rule_index;
    NAC_VEC(struct rule) rules;
    const char *s, *end; /* the grammar's text that is being read */
    NAC_VEC(struct fe_token) toks;
    NAC_VEC(int) levels;
    NAC_VEC(struct memo *) memos;
    uint32_t pos;
    int level;
    bool invalid; /* mistakes are looked for */
    uint64_t steps;
};

static struct alts *read_alts(struct diag *d);

static void
skip_space(struct diag *d)
{
    while (d->s < d->end && (*d->s == ' ' || *d->s == '\n'))
        d->s++;
}

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static uint8_t
token_named(const char *s, size_t len)
{
    for (int i = 0; i < FE_TOKENS; i++) {
        const char *text = fe_token_text(i);
        if (strlen(text) == len && memcmp(text, s, len) == 0)
            return (uint8_t)i;
    }
    if (len == 3 && memcmp(s, "END", 3) == 0)
        return FE_T_END;
    return FE_T_UNKNOWN;
}

/* A quoted token, a word, a group or an optional part. */
static struct item
read_atom(struct diag *d)
{
    struct item it = {0};
    char c = *d->s;
    if (c == '\'' || c == '"') {
        const char *from = ++d->s;
        while (*d->s != c)
            d->s++;
        it.text = from;
        it.len = (uint32_t)(d->s++ - from);
        it.op = c == '"' ? I_SOFT : I_TOKEN;
        it.arg = c == '"' ? 0 : token_named(from, it.len);
    } else if (c == '(' || c == '[') {
        d->s++;
        it.op = c == '(' ? I_GROUP : I_OPTIONAL;
        it.sub = read_alts(d);
        d->s++;
    } else {
        const char *from = d->s;
        while (d->s < d->end && is_word(*d->s))
            d->s++;
        size_t len = (size_t)(d->s - from);
        uint64_t *rule = nac_map_find(&d->rule_index, from, len);
        if (rule) {
            it.op = I_RULE;
            it.arg = (uint16_t)*rule;
        } else if (len == 4 && memcmp(from, "SOFT", 4) == 0) {
            it.op = I_ANY_SOFT;
        } else {
            it.op = I_TOKEN;
            it.arg = token_named(from, len);
        }
    }
    return it;
}

static struct item *
keep(struct diag *d, struct item it)
{
    struct item *copy = NAC_NEW(&d->arena, struct item);
    *copy = it;
    return copy;
}

static struct item
read_item(struct diag *d)
{
    char prefix = 0, var = 0;
    if (*d->s == '~') {
        d->s++;
        return (struct item){.op = I_CUT};
    }
    if (*d->s == '&' || *d->s == '!') {
        prefix = *d->s++;
        if (*d->s == '&')
            prefix = 'F', d->s++;
    }
    if (d->s[1] == '=' && is_word(d->s[0])) {
        var = d->s[0];
        d->s += 2;
    }
    struct item it = read_atom(d);
    if (*d->s == '.') {
        d->s++;
        struct item *sep = keep(d, it);
        it = (struct item){.op = I_GATHER, .sep = sep};
        it.inner = keep(d, read_atom(d));
        d->s++; /* + */
    } else if (*d->s == '*' || *d->s == '+') {
        uint8_t op = *d->s++ == '*' ? I_REPEAT0 : I_REPEAT1;
        it = (struct item){.op = op, .inner = keep(d, it)};
    }
    if (prefix) {
        uint8_t op = prefix == '&' ? I_AND : prefix == '!' ? I_NOT : I_FORCE;
        it = (struct item){.op = op, .inner = keep(d, it)};
    }
    it.var = var;
    return it;
}

/* {K a: text}, {X name}... */
static void
read_action(struct diag *d, struct alt *alt)
{
    alt->action = *++d->s;
    d->s++;
    if (alt->action == 'T') { /* {T s a} */
        alt->b = d->s[1];
        alt->a = d->s[3];
        d->s += 4;
    } else if (alt->action == 'X') {
        alt->text = ++d->s;
    } else {
        for (; *d->s != ':'; d->s++)
            if (is_word(*d->s))
                *(alt->a ? &alt->b : &alt->a) = *d->s;
        d->s++;
        if (*d->s == ' ')
            d->s++;
        alt->text = d->s;
    }
    while (*d->s != '}' || (d->s[1] && d->s[1] != '\n' && d->s[1] != ' '))
        d->s++;
    alt->len = alt->text ? (uint32_t)(d->s - alt->text) : 0;
    d->s++;
}

static uint8_t
kind_named(const char *s, size_t len)
{
    for (int i = 1; i < FE_KINDS; i++)
        if (strlen(fe_kinds[i].name) == len &&
            memcmp(fe_kinds[i].name, s, len) == 0)
            return (uint8_t)i;
    return V_LIST;
}

static struct alts *
read_alts(struct diag *d)
{
    NAC_VEC(struct alt) v = {0};
    struct alt alt = {0};
    for (;;) {
        skip_space(d);
        bool stop = d->s >= d->end || *d->s == ')' || *d->s == ']';
        if (stop || *d->s == '|') {
            nac_vec_push(&v, alt);
            alt = (struct alt){0};
            if (stop)
                break;
            d->s++;
        } else if (*d->s == '{') {
            read_action(d, &alt);
        } else if (*d->s == '=') {
            const char *from = ++d->s;
            while (d->s < d->end && is_word(*d->s))
                d->s++;
            alt.action = '=';
            alt.kind = kind_named(from, (size_t)(d->s - from));
        } else {
            alt.items[alt.n++] = read_item(d);
        }
    }
    struct alts *alts = NAC_NEW(&d->arena, struct alts);
    alts->len = v.len;
    alts->items = NAC_NEW_ARRAY(&d->arena, struct alt, v.len);
    memcpy(alts->items, v.items, v.len * sizeof *v.items);
    nac_vec_free(&v);
    return alts;
}

static const char *
rule_end(const char *s)
{
    for (; *s; s++)
        if (*s == '\n' && s[1] != ' ')
            return s;
    return s;
}

static void
read_grammar(struct diag *d)
{
    for (const char *s = fe_grammar; *s; s = rule_end(s) + 1) {
        struct rule r = {.memo = *s == '*', .left = *s == '@'};
        r.name = s + (r.memo || r.left);
        r.name_len = (uint32_t)strcspn(r.name, ":");
        r.invalid = strncmp(r.name, "invalid_", 8) == 0;
        r.no_invalid = strncmp(r.name, "expression_without", 18) == 0;
        *nac_map_at(&d->rule_index, r.name, r.name_len) = d->rules.len;
        nac_vec_push(&d->rules, r);
    }
    for (uint32_t i = 0; i < d->rules.len; i++) {
        struct rule *r = &d->rules.items[i];
        d->s = r->name + r->name_len + 1;
        d->end = rule_end(d->s);
        r->body = read_alts(d);
    }
}

/* ---------------------------------------------------------------- tokens */

static bool
failed(const struct diag *d)
{
    return d->lx->err->type;
}

static struct fe_token *
last_read(struct diag *d)
{
    return &d->toks.items[d->toks.len - 1];
}

static struct fe_token *
token(struct diag *d)
{
    if (d->pos == d->toks.len) {
        struct fe_token t;
        if (d->toks.len && last_read(d)->type == FE_T_END)
            t = *last_read(d);
        else
            fe_lexer_next(d->lx, &t);
        nac_vec_push(&d->toks, t);
        nac_vec_push(&d->levels, d->lx->level);
        nac_vec_push(&d->memos, (struct memo *)NULL);
    }
    return &d->toks.items[d->pos];
}

static bool
token_is(const struct fe_token *t, const char *text)
{
    return t->len == strlen(text) && memcmp(t->start, text, t->len) == 0;
}

/* CPython 3.11 takes any beginning of a soft keyword for one ("c", "mat"). */
static bool
begins_soft(const struct fe_token *t)
{
    return token_is(t, "_") ||
           (t->len <= 4 && memcmp(t->start, "case", t->len) == 0) ||
           (t->len <= 5 && memcmp(t->start, "match", t->len) == 0);
}

/* ---------------------------------------------------------------- errors */

static void
error_range(struct diag *d, uint32_t first, uint32_t last, const char *msg)
{
    while (last > first && d->toks.items[last].type <= FE_T_DEDENT)
        last--;
    const struct fe_token *a = &d->toks.items[first];
    const struct fe_token *b = &d->toks.items[last];
    fe_error_at(d->lx, "SyntaxError", a->lineno, a->col + 1, b->end_lineno,
                b->end_col + 1, "%s", msg);
}

static const char *
expr_name(struct diag *d, const struct val *v)
{
    switch (v->kind) {
    case FE_Attribute:
        return "attribute";
    case FE_Subscript:
        return "subscript";
    case FE_Starred:
        return "starred";
    case FE_Name:
        return "name";
    case FE_List:
        return "list";
    case FE_Tuple:
        return "tuple";
    case FE_Lambda:
        return "lambda";
    case FE_Call:
        return "function call";
    case FE_GeneratorExp:
        return "generator expression";
    case FE_Yield:
    case FE_YieldFrom:
        return "yield expression";
    case FE_Await:
        return "await expression";
    case FE_ListComp:
        return "list comprehension";
    case FE_SetComp:
        return "set comprehension";
    case FE_DictComp:
        return "dict comprehension";
    case FE_Dict:
        return "dict literal";
    case FE_Set:
        return "set display";
    case FE_JoinedStr:
    case FE_FormattedValue:
        return "f-string expression";
    case FE_Compare:
        return "comparison";
    case FE_IfExp:
        return "conditional expression";
    case FE_NamedExpr:
        return "named expression";
    case FE_Constant:
        switch (d->toks.items[v->first].type) {
        case FE_K_NONE:
            return "None";
        case FE_K_TRUE:
            return "True";
        case FE_K_FALSE:
            return "False";
        case FE_T_ELLIPSIS:
            return "ellipsis";
        default:
            return "literal";
        }
    default:
        return "expression";
    }
}

/* Calls [use] for the nodes below, not looking into nodes. */
static const struct val *
each_node(const struct val *v, uint32_t *skip)
{
    for (uint32_t i = 0; i < v->n; i++) {
        const struct val *k = v->kids[i];
        if (k->kind == V_LIST) {
            const struct val *found = each_node(k, skip);
            if (found)
                return found;
        } else if (k->kind < V_TOKEN && (*skip)-- == 0) {
            return k;
        }
    }
    return NULL;
}

/* The [i]th node of what a production matched, or NULL. */
static const struct val *
node_at(const struct val *v, uint32_t i)
{
    return each_node(v, &i);
}

/* The part of an expression that cannot be a target. */
static const struct val *
bad_target(struct diag *d, const struct val *v, char use)
{
    const struct val *kid;
    switch (v->kind) {
    case FE_Name:
    case FE_Attribute:
    case FE_Subscript:
        return NULL;
    case FE_List:
    case FE_Tuple:
        for (uint32_t i = 0; (kid = node_at(v, i)); i++) {
            const struct val *bad = bad_target(d, kid, use);
            if (bad)
                return bad;
        }
        return NULL;
    case FE_Starred:
        return use == 'd' ? v : bad_target(d, node_at(v, 0), use);
    case FE_Compare:
        if (use != 'f')
            return v;
        kid = node_at(v, 0);
        while (v->n > 1 && v->kids[1]->kind == V_LIST)
            v = v->kids[1]->n > 1 ? v->kids[1] : v->kids[1]->kids[0];
        for (uint32_t i = kid->last + 1; i < d->pos; i++)
            if (d->toks.items[i].type != FE_T_RPAR)
                return d->toks.items[i].type == FE_K_IN
                           ? bad_target(d, kid, use)
                           : NULL;
        return NULL;
    default:
        return v;
    }
}

/* --------------------------------------------------------------- actions */

static struct val *
node(struct diag *d, uint8_t kind, uint32_t first, uint32_t n,
     struct val **kids)
{
    struct val *v = NAC_NEW(&d->arena, struct val);
    v->kind = kind;
    v->first = first;
    v->last = d->pos > first ? d->pos - 1 : first;
    while (v->last > first && d->toks.items[v->last].type <= FE_T_DEDENT)
        v->last--;
    v->n = n;
    v->kids = NAC_NEW_ARRAY(&d->arena, struct val *, n);
    if (n)
        memcpy(v->kids, kids, n * sizeof *kids);
    return v;
}

static struct val *
literal(struct diag *d, uint32_t first, bool strings)
{
    struct fe_literal_at at = {d->lx, last_read(d)};
    struct fe_node *n =
        strings ? fe_make_strings(&at, &d->toks.items[first], d->pos - first)
                : fe_make_number(d->lx, &d->toks.items[first]);
    return n ? node(d, n->kind, first, 0, NULL) : NULL;
}

static bool
is_imaginary(struct diag *d, const struct val *v)
{
    const struct fe_token *t = &d->toks.items[v->first];
    return (t->start[t->len - 1] | 32) == 'j';
}

static bool
is_legacy(struct diag *d, uint32_t tok)
{
    return token_is(&d->toks.items[tok], "print") ||
           token_is(&d->toks.items[tok], "exec");
}

/* The arguments of a call in order; keywords are FE_keyword, FE_alias. */
static struct val *
arguments_action(struct diag *d, bool generator, struct val *a, struct val *b)
{
    uint32_t positional = 0;
    const struct val *last = NULL, *v;
    bool unpacking = false;
    for (uint32_t i = 0; (v = node_at(a, i)); i++) {
        unpacking |= v->kind == FE_alias;
        if (v->kind != FE_alias && v->kind != FE_keyword) {
            positional++;
            last = v;
        }
    }
    if (a->kind < V_TOKEN && a->kind != FE_keyword && a->kind != FE_alias)
        positional = 1;
    else if (a->kind == FE_alias)
        unpacking = true;
    if (!generator)
        fe_error_token(d->lx, "SyntaxError", last_read(d),
                       unpacking ? "positional argument follows keyword "
                                   "argument unpacking"
                                 : "positional argument follows keyword "
                                   "argument");
    else if (positional > 1)
        error_range(d, last->first, b->last,
                    "Generator expression must be parenthesized");
    return NULL;
}

static struct val *
special(struct diag *d, const struct alt *alt, struct val **vars,
        uint32_t first)
{
    struct val *a = vars[0], *b = vars[1];
    char msg[200];
#define IS(name)                                                               \
    (alt->len == strlen(name) && memcmp(alt->text, name, alt->len) == 0)
    if (IS("strings"))
        return literal(d, first, true);
    if (IS("number"))
        return literal(d, first, false);
    if (IS("real_number")) {
        if (!is_imaginary(d, a))
            return a;
        error_range(d, a->first, a->last,
                    "real number required in complex literal");
    } else if (IS("imaginary_number")) {
        if (is_imaginary(d, a))
            return a;
        error_range(d, a->first, a->last,
                    "imaginary number required in complex literal");
    } else if (IS("bare_generator")) {
        return arguments_action(d, true, a, b);
    } else if (IS("positional_after")) {
        return arguments_action(d, false, a, b);
    } else if (IS("keyword_name")) {
        snprintf(msg, sizeof msg, "cannot assign to %s",
                 fe_token_text(d->toks.items[a->first].type));
        error_range(d, a->first, b->last, msg);
    } else if (IS("legacy")) {
        const struct fe_token *t = &d->toks.items[a->first];
        if (!is_legacy(d, a->first))
            return NULL;
        snprintf(msg, sizeof msg,
                 "Missing parentheses in call to '%.*s'. Did you mean "
                 "%.*s(...)?",
                 (int)t->len, t->start, (int)t->len, t->start);
        error_range(d, a->first, b->last, msg);
    } else if (IS("missing_comma")) {
        if (!(a->kind == FE_Name && is_legacy(d, a->first)) &&
            d->levels.items[d->pos - 1] != 0)
            error_range(d, a->first, b->last,
                        "invalid syntax. Perhaps you forgot a comma?");
    } else if (IS("missing_colon")) {
        const struct fe_token *t = &d->toks.items[a->last];
        fe_error_at(d->lx, "SyntaxError", d->toks.items[a->first].lineno,
                    t->end_col, t->end_lineno, 0,
                    "':' expected after dictionary key");
    }
#undef IS
    return NULL;
}

/* The message with the kind of [a] for %s. */
static const char *
message(struct diag *d, const struct alt *alt, const struct val *a)
{
    char *text = nac_arena_strndup(&d->arena, alt->text, alt->len);
    char *at = strstr(text, "%s");
    if (!at)
        return text;
    return nac_arena_printf(&d->arena, "%.*s%s%s", (int)(at - text), text,
                            expr_name(d, a), at + 2);
}

static struct val *
act(struct diag *d, const struct alt *alt, struct val **vars, uint32_t first)
{
    struct val *a = alt->a ? vars[alt->a - 'a'] : NULL;
    struct val *b = alt->b && alt->action != 'T' ? vars[alt->b - 'a'] : a;
    const struct val *bad;
    char *text;
    switch (alt->action) {
    case 'K':
    case 'R':
        error_range(d, a->first, b->last, message(d, alt, a));
        return NULL;
    case 'F': {
        const struct fe_token *t = &d->toks.items[a->first];
        fe_error_at(d->lx, "SyntaxError", t->lineno, t->col + 1, d->lx->lineno,
                    (int)(d->lx->cur - d->lx->line_start), "%s",
                    message(d, alt, a));
        return NULL;
    }
    case 'L':
        fe_error_token(d->lx, "SyntaxError", last_read(d), message(d, alt, a));
        return NULL;
    case 'I':
        text = nac_arena_strndup(&d->arena, alt->text, alt->len);
        if (a && strlen(text) > 2) {
            text[strlen(text) - 2] = 0; /* %d */
            text =
                nac_arena_printf(&d->arena, "expected an indented block %s%d",
                                 text, d->toks.items[a->first].lineno);
        } else {
            text = nac_arena_strdup(&d->arena, "expected an indented block");
        }
        fe_error_token(d->lx, "IndentationError", last_read(d), text);
        return NULL;
    case 'T':
        bad = bad_target(d, a, alt->b);
        if (bad) {
            text = nac_arena_printf(&d->arena, "cannot %s %s",
                                    alt->b == 'd' ? "delete" : "assign to",
                                    expr_name(d, bad));
            error_range(d, bad->first, bad->last, text);
        }
        return NULL;
    default:
        return special(d, alt, vars, first);
    }
}

/* --------------------------------------------------------------- reading */

static struct val *match_rule(struct diag *d, uint32_t index);
static struct val *match_alts(struct diag *d, const struct alts *alts);
static struct val *match_item(struct diag *d, const struct item *it);

static bool
deeper(struct diag *d)
{
    if (++d->steps > MAX_STEPS) {
        if (!failed(d))
            error_range(d, d->pos ? d->pos - 1 : 0, d->pos ? d->pos - 1 : 0,
                        "invalid syntax");
        return false;
    }
    if (d->level++ >= MAX_LEVEL) {
        if (!failed(d)) {
            d->lx->err->type = "MemoryError";
            d->lx->err->msg = nac_arena_strdup(d->lx->arena, "");
        }
        return false;
    }
    return true;
}

static struct val *
match_token(struct diag *d, const struct item *it)
{
    const struct fe_token *t = token(d);
    if (failed(d))
        return NULL;
    bool ok = false;
    if (it->op == I_TOKEN)
        ok = t->type == it->arg && !t->ltgt;
    else if (t->type == FE_T_NAME)
        ok = it->op == I_SOFT
                 ? t->len == it->len && memcmp(t->start, it->text, it->len) == 0
                 : begins_soft(t);
    if (!ok)
        return NULL;
    d->pos++;
    return node(d, V_TOKEN, d->pos - 1, 0, NULL);
}

/* e*, e+ and s.e+ */
static struct val *
match_repeat(struct diag *d, const struct item *it)
{
    NAC_VEC(struct val *) found = {0};
    uint32_t first = d->pos, back = d->pos;
    struct val *result = NULL;
    if (!deeper(d)) {
        d->level--;
        return NULL;
    }
    for (;;) {
        if (it->op == I_GATHER && found.len && !match_item(d, it->sep))
            break;
        struct val *v = match_item(d, it->inner);
        if (!v || (d->pos == back && found.len))
            break;
        nac_vec_push(&found, v);
        back = d->pos;
    }
    d->pos = back;
    d->level--;
    if (!failed(d) && (found.len || it->op == I_REPEAT0))
        result = node(d, V_LIST, first, found.len, found.items);
    else
        d->pos = first;
    nac_vec_free(&found);
    return result;
}

static struct val *
match_item(struct diag *d, const struct item *it)
{
    uint32_t back = d->pos;
    struct val *v;
    switch (it->op) {
    case I_TOKEN:
    case I_SOFT:
    case I_ANY_SOFT:
        return match_token(d, it);
    case I_RULE:
        return match_rule(d, it->arg);
    case I_GROUP:
        return match_alts(d, it->sub);
    case I_OPTIONAL:
        v = match_alts(d, it->sub);
        return v ? v : failed(d) ? NULL : &empty;
    case I_REPEAT0:
    case I_REPEAT1:
    case I_GATHER:
        return match_repeat(d, it);
    case I_AND:
    case I_NOT:
        v = match_item(d, it->inner);
        d->pos = back;
        return !failed(d) && (v != NULL) == (it->op == I_AND) ? &empty : NULL;
    case I_FORCE:
        v = match_item(d, it->inner);
        if (!v && !failed(d)) {
            char msg[32];
            snprintf(msg, sizeof msg, "expected '%s'",
                     fe_token_text(it->inner->arg));
            error_range(d, d->pos, d->pos, msg);
        }
        return v;
    default:
        return &empty;
    }
}

/* One alternative. *stop: no other one may be tried. */
static struct val *
match_alt(struct diag *d, const struct alt *alt, bool *stop)
{
    struct val *got[MAX_ITEMS], *vars[2] = {0};
    uint32_t n = 0, first = d->pos;
    for (uint32_t i = 0; i < alt->n; i++) {
        const struct item *it = &alt->items[i];
        if (it->op == I_CUT) {
            *stop = true;
            continue;
        }
        struct val *v = match_item(d, it);
        if (!v)
            return NULL;
        if (it->op != I_AND && it->op != I_NOT)
            got[n++] = v;
        if (it->var)
            vars[it->var - 'a'] = v;
    }
    if (alt->action == '=')
        return node(d, alt->kind, first, n, got);
    if (alt->action) {
        *stop = true;
        return act(d, alt, vars, first);
    }
    if (vars[0])
        return vars[0];
    return n == 1 ? got[0] : node(d, V_LIST, first, n, got);
}

static struct val *
match_alts(struct diag *d, const struct alts *alts)
{
    uint32_t back = d->pos;
    struct val *v = NULL;
    bool stop = false;
    if (!deeper(d)) {
        d->level--;
        return NULL;
    }
    for (uint32_t i = 0; i < alts->len && !v && !stop && !failed(d); i++) {
        const struct item *it = &alts->items[i].items[0];
        if (!d->invalid && alts->items[i].n == 1 && it->op == I_RULE &&
            d->rules.items[it->arg].invalid)
            continue;
        d->pos = back;
        v = match_alt(d, &alts->items[i], &stop);
        if (failed(d))
            v = NULL;
    }
    if (!v)
        d->pos = back;
    d->level--;
    return v;
}

static void
remember(struct diag *d, uint32_t at, uint32_t rule, struct val *v)
{
    struct memo *m = d->memos.items[at];
    while (m && m->rule != rule)
        m = m->next;
    if (!m) {
        m = NAC_NEW(&d->arena, struct memo);
        m->rule = rule;
        m->next = d->memos.items[at];
        d->memos.items[at] = m;
    }
    m->val = v;
    m->end = d->pos;
}

/* A left-recursive production: the match grows as long as it can. */
static struct val *
match_left(struct diag *d, uint32_t index)
{
    const struct rule *r = &d->rules.items[index];
    uint32_t start = d->pos, best_end = d->pos;
    struct val *best = NULL;
    for (;;) {
        d->pos = best_end;
        remember(d, start, index, best);
        d->pos = start;
        struct val *v = match_alts(d, r->body);
        if (failed(d))
            return NULL;
        if (!v || d->pos <= best_end)
            break;
        best = v;
        best_end = d->pos;
    }
    d->pos = best_end;
    return best;
}

static struct val *
match_rule(struct diag *d, uint32_t index)
{
    const struct rule *r = &d->rules.items[index];
    if (failed(d))
        return NULL;
    token(d);
    if (failed(d))
        return NULL;
    if (!r->memo && !r->left) {
        bool invalid = d->invalid;
        if (r->no_invalid)
            d->invalid = false;
        struct val *v = match_alts(d, r->body);
        d->invalid = invalid;
        return v;
    }
    uint32_t start = d->pos;
    for (const struct memo *m = d->memos.items[start]; m; m = m->next)
        if (m->rule == index) {
            d->pos = m->end;
            return m->val;
        }
    if (r->left)
        return match_left(d, index);
    struct val *v = match_alts(d, r->body);
    if (!failed(d))
        remember(d, start, index, v);
    return v;
}

/* --------------------------------------------------------------- the end */

/* An error of the lexer further on is more to the point than the parser's,
 * and so is a parenthesis that is still open from an earlier line. */
static void
check_rest(struct diag *d)
{
    struct fe_lexer *lx = d->lx;
    struct fe_error saved = *lx->err;
    int line = last_read(d)->lineno;
    struct fe_token t = *last_read(d);
    *lx->err = (struct fe_error){0};
    lx->warnings = NULL;
    while (t.type != FE_T_END && t.type != FE_T_ERROR)
        fe_lexer_next(lx, &t);
    if (t.type == FE_T_ERROR && lx->hard)
        return;
    *lx->err = (struct fe_error){0};
    if (t.type == FE_T_ERROR && lx->level > 0 &&
        line > lx->paren_line[lx->level - 1])
        fe_error_unclosed(lx);
    else
        *lx->err = saved;
}

static void
report_generic(struct diag *d, uint32_t last)
{
    uint8_t type = d->toks.items[last].type;
    if (type == FE_T_INDENT || type == FE_T_DEDENT) {
        fe_error_token(d->lx, "IndentationError", last_read(d),
                       type == FE_T_INDENT ? "unexpected indent"
                                           : "unexpected unindent");
        return;
    }
    const struct fe_token *t = &d->toks.items[last];
    fe_error_at(d->lx, "SyntaxError", t->lineno, t->col + 1, t->end_lineno,
                t->end_col + 1, "invalid syntax");
    check_rest(d);
}

void
fe_diagnose(struct fe_lexer *lx, enum fe_mode mode)
{
    struct diag d = {.lx = lx};
    const char *start = lx->fstring       ? "fstring"
                        : mode == FE_EXEC ? "file"
                        : mode == FE_EVAL ? "eval"
                                          : "interactive";
    nac_arena_init(&d.arena);
    read_grammar(&d);
    uint32_t rule =
        (uint32_t)*nac_map_find(&d.rule_index, start, strlen(start));
    struct val *v = match_rule(&d, rule);
    uint32_t last = d.toks.len - 1;
    if (!v && !failed(&d)) {
        d.invalid = true;
        d.pos = 0;
        d.level = 0;
        d.steps = 0;
        for (uint32_t i = 0; i < d.memos.len; i++)
            d.memos.items[i] = NULL;
        lx->warnings = NULL;
        match_rule(&d, rule);
        if (!failed(&d))
            report_generic(&d, last);
        else if (lx->done == FE_DONE_OK)
            check_rest(&d);
    } else if (v) { /* the parser gave up for its depth */
        lx->err->type = "MemoryError";
        lx->err->msg = nac_arena_strdup(lx->arena, "");
    } else if (lx->done == FE_DONE_OK &&
               strcmp(lx->err->type, "MemoryError") != 0) {
        check_rest(&d);
    }
    uint8_t type = d.toks.items[last].type;
    if (type == FE_T_END)
        lx->err->incomplete = true;
    nac_vec_free(&d.toks);
    nac_vec_free(&d.levels);
    nac_vec_free(&d.memos);
    nac_vec_free(&d.rules);
    nac_map_free(&d.rule_index);
    nac_arena_free(&d.arena);
}
