/* SPDX-License-Identifier: MIT
 * frontend/parser.c: the entry points of the front end, and the token window
 * and node construction that the parser's other files share.
 */
#include "config.h"

#include "frontend/parser.h"

#include "frontend/source.h"

void
fe_p_fill(struct fe_parser *p)
{
    nac_vec_reserve(&p->toks, p->toks.len + 1);
    struct fe_token *t = &p->toks.items[p->toks.len];
    if (p->toks.len > 0 && (t[-1].type == FE_T_END || t[-1].type == FE_T_ERROR))
        *t = t[-1];
    else
        fe_lexer_next(p->lx, t);
    p->toks.len++;
}

struct fe_node *
fe_p_new(struct fe_parser *p, enum fe_kind kind, struct fe_place at)
{
    struct fe_node *n = fe_node_new(p->arena, kind);
    const struct fe_token *last = &p->toks.items[p->pos - 1];
    while (last->type <= FE_T_DEDENT && last > p->toks.items)
        last--;
    n->lineno = at.line;
    n->col = at.col;
    n->end_lineno = last->end_lineno;
    n->end_col = last->end_col;
    return n;
}

struct fe_list
fe_p_list(struct fe_parser *p, uint32_t mark)
{
    struct fe_list l = {NULL, p->stack.len - mark};
    if (l.len) {
        l.items = NAC_NEW_ARRAY(p->arena, struct fe_node *, l.len);
        memcpy(l.items, p->stack.items + mark, l.len * sizeof *l.items);
    }
    p->stack.len = mark;
    return l;
}

struct fe_list
fe_p_single(struct fe_parser *p, struct fe_node *n)
{
    struct fe_list l = {NAC_NEW_ARRAY(p->arena, struct fe_node *, 1), 1};
    l.items[0] = n;
    return l;
}

struct fe_node *
fe_p_name(struct fe_parser *p)
{
    const struct fe_token *t = fe_p_tok(p);
    struct fe_node *n = fe_node_new(p->arena, FE_Name);
    fe_span(n, t, t);
    n->u.Name.id = t->name;
    n->u.Name.ctx = FE_Load;
    fe_p_next(p);
    return n;
}

static void
parser_init(struct fe_parser *p, struct fe_lexer *lx)
{
    *p = (struct fe_parser){.arena = lx->arena, .lx = lx};
    p->sym_match = fe_names_add(lx->names, "match", 5)->text;
    p->sym_case = fe_names_add(lx->names, "case", 4)->text;
    p->sym_wild = fe_names_add(lx->names, "_", 1)->text;
    fe_p_fill(p);
    p->t = p->toks.items[0].type;
}

static void
parser_free(struct fe_parser *p)
{
    nac_vec_free(&p->toks);
    nac_vec_free(&p->stack);
}

/* ------------------------------------------------------------ start rules */

/* file: [statements] ENDMARKER */
static struct fe_node *
file(struct fe_parser *p)
{
    if (p->t != FE_T_END && !fe_p_statements(p, FE_T_END))
        return NULL;
    struct fe_node *n = fe_node_new(p->arena, FE_Module);
    n->u.Module.body = fe_p_list(p, 0);
    return n;
}

/* eval: star-less expressions NEWLINE* ENDMARKER */
static struct fe_node *
eval(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *value = fe_p_expression(p);
    if (!value)
        return NULL;
    if (p->t == FE_T_COMMA) {
        fe_p_push(p, value);
        while (fe_p_eat(p, FE_T_COMMA) && fe_p_starts_expr(p->t)) {
            if (!(value = fe_p_expression(p)))
                return NULL;
            fe_p_push(p, value);
        }
        struct fe_list elts = fe_p_list(p, 0);
        value = fe_p_new(p, FE_Tuple, at);
        value->u.Tuple.elts = elts;
        value->u.Tuple.ctx = FE_Load;
    }
    while (fe_p_eat(p, FE_T_NEWLINE))
        ;
    if (p->t != FE_T_END)
        return NULL;
    struct fe_node *n = fe_node_new(p->arena, FE_Expression);
    n->u.Expression.body = value;
    return n;
}

/* interactive: compound_stmt NEWLINE | simple_stmts | NEWLINE */
static struct fe_node *
interactive(struct fe_parser *p)
{
    bool is_compound;
    if (p->t == FE_T_NEWLINE) {
        struct fe_place at = fe_p_place(p);
        fe_p_next(p);
        struct fe_node *pass = fe_node_new(p->arena, FE_Pass);
        pass->lineno = pass->end_lineno = at.line;
        pass->col = pass->end_col = at.col;
        fe_p_push(p, pass);
    } else if (fe_p_compound(p, &is_compound)) {
        if (!fe_p_eat(p, FE_T_NEWLINE))
            return NULL;
    } else if (is_compound || !fe_p_simple_line(p)) {
        return NULL;
    }
    struct fe_node *n = fe_node_new(p->arena, FE_Interactive);
    n->u.Interactive.body = fe_p_list(p, 0);
    return n;
}

/* Only blank lines and comments may follow an interactive statement. */
static bool
single_ends(struct fe_parser *p)
{
    const char *s = fe_p_tok(p)->start;
    if (p->t == FE_T_ERROR)
        return false;
    for (;;) {
        while (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\f')
            s++;
        if (*s != '#')
            return !*s;
        s += strcspn(s, "\n");
    }
}

/* Tokens, tree, instructions and code object take up to 90 bytes for each byte
 * of source (measured with "x," repeated); CPython takes five times as much. */
static bool
has_room(size_t len, struct fe_error *err)
{
    static char none[1];

    if (len < 65536 || nac_mem_room(len * 100))
        return true;
    err->type = "MemoryError";
    err->msg = none;
    return false;
}

static struct fe_node *
parse(struct nac_arena *arena, const struct fe_source *src, enum fe_mode mode,
      struct fe_error *err)
{
    struct fe_names names;
    struct fe_warnings warnings = {0};
    struct fe_lexer lx;
    struct fe_parser p;
    fe_names_init(&names, arena);
    fe_lexer_init(&lx, arena, &names, &warnings, err, src->text);
    lx.eof_newline = mode == FE_SINGLE;
    lx.bad_utf8 = src->bad_utf8;
    parser_init(&p, &lx);
    struct fe_node *tree = mode == FE_EXEC   ? file(&p)
                           : mode == FE_EVAL ? eval(&p)
                                             : interactive(&p);
    if (tree && mode == FE_SINGLE && !single_ends(&p)) {
        tree = NULL;
        *err = (struct fe_error){0};
        fe_error_token(&lx, "SyntaxError", &p.toks.items[p.pos - 1],
                       "multiple statements found while compiling a single "
                       "statement");
    } else if (!tree) {
        *err = (struct fe_error){0};
        warnings.v.len = 0;
        fe_lexer_init(&lx, arena, &names, &warnings, err, src->text);
        lx.eof_newline = mode == FE_SINGLE;
        lx.bad_utf8 = src->bad_utf8;
        fe_diagnose(&lx, mode);
    }
    parser_free(&p);
    fe_names_free(&names);
    if (tree) /* the lexer may have failed after the last statement */
        *err = (struct fe_error){0};
    if (warnings.v.len) {
        err->n_warnings = warnings.v.len;
        err->warnings = NAC_NEW_ARRAY(arena, struct fe_warning, warnings.v.len);
        memcpy(err->warnings, warnings.v.items,
               warnings.v.len * sizeof *err->warnings);
    }
    nac_vec_free(&warnings.v);
    return tree;
}

struct fe_node *
fe_parse(struct nac_arena *arena, const char *bytes, size_t len,
         const char *filename, enum fe_mode mode, struct fe_error *err)
{
    struct fe_source src;
    *err = (struct fe_error){0};
    if (!has_room(len, err) || fe_source_decode(arena, bytes, len, filename,
                                                mode == FE_EXEC, &src, err) < 0)
        return NULL;
    return parse(arena, &src, mode, err);
}

struct fe_node *
fe_parse_utf8(struct nac_arena *arena, const char *text, size_t len,
              const char *filename, enum fe_mode mode, struct fe_error *err)
{
    struct fe_source src;
    (void)filename;
    *err = (struct fe_error){0};
    if (!has_room(len, err) ||
        fe_source_text(arena, text, len, mode == FE_EXEC, &src, err) < 0)
        return NULL;
    return parse(arena, &src, mode, err);
}

int
fe_decode(struct nac_arena *arena, const char *bytes, size_t len,
          const char *filename, struct fe_source *out, struct fe_error *err)
{
    *err = (struct fe_error){0};
    if (fe_source_decode(arena, bytes, len, filename, false, out, err) < 0)
        return -1;
    if (!out->bad_utf8)
        return 0;
    err->type = "SyntaxError";
    err->msg = fe_bad_utf8(arena, bytes, len);
    return -1;
}

/* The text is "(" expression ")" newline, found at a place within the
 * parent's text; names and the error are the parent's. */
struct fe_node *
fe_parse_fstring(struct fe_lexer *parent, const char *text, int lineno, int col)
{
    struct fe_lexer lx;
    struct fe_parser p;
    fe_lexer_init(&lx, parent->arena, parent->names, parent->warnings,
                  parent->err, text);
    lx.lineno = lx.first_lineno = lineno;
    lx.first_col = col;
    lx.fstring = true;
    lx.bad_utf8 = parent->bad_utf8;
    parser_init(&p, &lx);
    struct fe_node *n = fe_p_star_expressions(&p);
    if (!n) {
        *lx.err = (struct fe_error){0};
        fe_lexer_init(&lx, parent->arena, parent->names, NULL, parent->err,
                      text);
        lx.lineno = lx.first_lineno = lineno;
        lx.first_col = col;
        lx.fstring = true;
        lx.bad_utf8 = parent->bad_utf8;
        fe_diagnose(&lx, FE_EVAL);
    }
    parser_free(&p);
    return n;
}
