/* SPDX-License-Identifier: MIT
 * frontend/parser_pattern.c: the match statement and its patterns. `match`,
 * `case` and `_` are names elsewhere; a statement that begins with `match` is
 * taken for an expression unless `:`, an indented block and `case` follow.
 */
#include "config.h"

#include "frontend/parser.h"

static struct fe_node *pattern(struct fe_parser *p);
static struct fe_node *closed_pattern(struct fe_parser *p);

/* The name at hand if it may be captured: not before '.', '(' or '='. */
static bool
captures(struct fe_parser *p)
{
    if (p->t != FE_T_NAME)
        return false;
    uint8_t next = fe_p_peek(p);
    return next != FE_T_DOT && next != FE_T_LPAR && next != FE_T_EQUAL;
}

/* -------------------------------------------------------------- literals */

static bool
is_complex(const struct fe_node *n)
{
    return n->u.Constant.value.kind == FE_AST_COMPLEX;
}

static struct fe_node *
number(struct fe_parser *p)
{
    if (p->t != FE_T_NUMBER)
        return NULL;
    struct fe_node *n = fe_make_number(p->lx, fe_p_tok(p));
    fe_p_next(p);
    return n;
}

/* signed_number: ['-'] NUMBER
 * complex_number: signed_real_number ('+' | '-') imaginary_number */
static struct fe_node *
signed_or_complex(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    bool minus = fe_p_eat(p, FE_T_MINUS);
    struct fe_node *left = number(p);
    if (!left)
        return NULL;
    bool imaginary = is_complex(left);
    if (minus) {
        struct fe_node *operand = left;
        left = fe_p_new(p, FE_UnaryOp, at);
        left->u.UnaryOp.op = FE_USub;
        left->u.UnaryOp.operand = operand;
    }
    if (p->t != FE_T_PLUS && p->t != FE_T_MINUS)
        return left;
    uint8_t op = p->t == FE_T_PLUS ? FE_Add : FE_Sub;
    fe_p_next(p);
    struct fe_node *right = number(p);
    if (!right || imaginary || !is_complex(right))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_BinOp, at);
    n->u.BinOp.left = left;
    n->u.BinOp.op = op;
    n->u.BinOp.right = right;
    return n;
}

static struct fe_node *
match_value(struct fe_parser *p, struct fe_place at, struct fe_node *value)
{
    if (!value)
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_MatchValue, at);
    n->u.MatchValue.value = value;
    return n;
}

static enum fe_ast_const_kind
singleton_kind(uint8_t type)
{
    return type == FE_K_NONE   ? FE_AST_NONE
           : type == FE_K_TRUE ? FE_AST_TRUE
                               : FE_AST_FALSE;
}

static struct fe_node *
singleton(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    enum fe_ast_const_kind kind = singleton_kind(p->t);
    fe_p_next(p);
    struct fe_node *n = fe_p_new(p, FE_MatchSingleton, at);
    n->u.MatchSingleton.value.kind = (uint8_t)kind;
    return n;
}

/* name_or_attr: NAME ('.' NAME)* */
static struct fe_node *
name_or_attr(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = fe_p_name(p);
    while (fe_p_eat(p, FE_T_DOT)) {
        if (p->t != FE_T_NAME)
            return NULL;
        const char *attr = fe_p_tok(p)->name;
        struct fe_node *value = n;
        fe_p_next(p);
        n = fe_p_new(p, FE_Attribute, at);
        n->u.Attribute.value = value;
        n->u.Attribute.attr = attr;
        n->u.Attribute.ctx = FE_Load;
    }
    return n;
}

/* ------------------------------------------------------------- sequences */

static struct fe_node *
capture(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    const char *name = fe_p_tok(p)->name;
    fe_p_next(p);
    struct fe_node *n = fe_p_new(p, FE_MatchAs, at);
    n->u.MatchAs.name = name == p->sym_wild ? NULL : name;
    return n;
}

/* maybe_star_pattern: '*' (NAME | '_') | pattern */
static struct fe_node *
maybe_star(struct fe_parser *p)
{
    if (p->t != FE_T_STAR)
        return pattern(p);
    struct fe_place at = fe_p_place(p);
    fe_p_next(p);
    if (p->t != FE_T_NAME)
        return NULL;
    const char *name = fe_p_tok(p)->name;
    if (name != p->sym_wild && !captures(p))
        return NULL;
    fe_p_next(p);
    struct fe_node *n = fe_p_new(p, FE_MatchStar, at);
    n->u.MatchStar.name = name == p->sym_wild ? NULL : name;
    return n;
}

/* ','.maybe_star_pattern+ [','], up to [end] which is left. [first], where
 * not NULL, was read already. *tuple: there was a comma. */
static bool
star_patterns(struct fe_parser *p, uint8_t end, bool *tuple)
{
    *tuple = false;
    while (p->t != end) {
        struct fe_node *n = maybe_star(p);
        if (!n)
            return false;
        fe_p_push(p, n);
        if (!fe_p_eat(p, FE_T_COMMA))
            break;
        *tuple = true;
    }
    return p->t == end;
}

static struct fe_node *
match_sequence(struct fe_parser *p, struct fe_place at, uint32_t mark)
{
    struct fe_list patterns = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, FE_MatchSequence, at);
    n->u.MatchSequence.patterns = patterns;
    return n;
}

/* group_pattern: '(' pattern ')'
 * sequence_pattern: '[' [maybe_sequence_pattern] ']'
 *     | '(' [open_sequence_pattern] ')' */
static struct fe_node *
bracketed(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    uint8_t close = p->t == FE_T_LPAR ? FE_T_RPAR : FE_T_RSQB;
    bool tuple;
    fe_p_next(p);
    if (!star_patterns(p, close, &tuple))
        return NULL;
    fe_p_next(p);
    if (close == FE_T_RPAR && fe_p_mark(p) == mark + 1 && !tuple) {
        struct fe_node *n = nac_vec_pop(&p->stack);
        return n->kind == FE_MatchStar ? NULL : n;
    }
    return match_sequence(p, at, mark);
}

/* -------------------------------------------------------------- mappings */

/* literal_expr | attr */
static struct fe_node *
mapping_key(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    switch (p->t) {
    case FE_T_STRING:
        return fe_p_strings(p);
    case FE_T_MINUS:
    case FE_T_NUMBER:
        return signed_or_complex(p);
    case FE_K_NONE:
    case FE_K_TRUE:
    case FE_K_FALSE: {
        enum fe_ast_const_kind kind = singleton_kind(p->t);
        fe_p_next(p);
        struct fe_node *n = fe_p_new(p, FE_Constant, at);
        n->u.Constant.value.kind = (uint8_t)kind;
        return n;
    }
    case FE_T_NAME:
        if (fe_p_peek(p) == FE_T_DOT)
            return name_or_attr(p);
        /* fall through */
    default:
        return NULL;
    }
}

/* mapping_pattern: '{' ','.(key ':' pattern)* [',' '**' NAME] [','] '}' */
static struct fe_node *
mapping(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    const char *rest = NULL;
    fe_p_next(p);
    while (p->t != FE_T_RBRACE) {
        if (fe_p_eat(p, FE_T_DOUBLESTAR)) {
            if (!captures(p) || fe_p_tok(p)->name == p->sym_wild)
                return NULL;
            rest = fe_p_tok(p)->name;
            fe_p_next(p);
            fe_p_eat(p, FE_T_COMMA);
            break;
        }
        struct fe_node *key = mapping_key(p), *value;
        if (!key || !fe_p_eat(p, FE_T_COLON) || !(value = pattern(p)))
            return NULL;
        fe_p_push(p, key);
        fe_p_push(p, value);
        if (!fe_p_eat(p, FE_T_COMMA))
            break;
    }
    if (!fe_p_eat(p, FE_T_RBRACE))
        return NULL;
    uint32_t len = (fe_p_mark(p) - mark) / 2;
    struct fe_node *n = fe_p_new(p, FE_MatchMapping, at);
    struct fe_node **keys = NAC_NEW_ARRAY(p->arena, struct fe_node *, len);
    struct fe_node **values = NAC_NEW_ARRAY(p->arena, struct fe_node *, len);
    for (uint32_t i = 0; i < len; i++) {
        keys[i] = p->stack.items[mark + 2 * i];
        values[i] = p->stack.items[mark + 2 * i + 1];
    }
    p->stack.len = mark;
    n->u.MatchMapping.keys = (struct fe_list){keys, len};
    n->u.MatchMapping.patterns = (struct fe_list){values, len};
    n->u.MatchMapping.rest = rest;
    return n;
}

/* --------------------------------------------------------------- classes */

/* class_pattern: name_or_attr '(' ','.pattern* ','.(NAME '=' pattern)*
 *     [','] ')' ; at the parenthesis */
static struct fe_node *
class_pattern(struct fe_parser *p, struct fe_place at, struct fe_node *cls)
{
    uint32_t mark = fe_p_mark(p), n_keywords = 0;
    NAC_VEC(const char *) names = {0};
    struct fe_node *n = NULL;
    fe_p_next(p);
    while (p->t != FE_T_RPAR) {
        if (p->t == FE_T_NAME && fe_p_peek(p) == FE_T_EQUAL) {
            nac_vec_push(&names, fe_p_tok(p)->name);
            fe_p_next(p);
            fe_p_next(p);
            n_keywords++;
        } else if (n_keywords) {
            goto done;
        }
        struct fe_node *item = pattern(p);
        if (!item)
            goto done;
        fe_p_push(p, item);
        if (!fe_p_eat(p, FE_T_COMMA))
            break;
    }
    if (!fe_p_eat(p, FE_T_RPAR))
        goto done;
    struct fe_list keywords = fe_p_list(p, fe_p_mark(p) - n_keywords);
    struct fe_list positional = fe_p_list(p, mark);
    n = fe_p_new(p, FE_MatchClass, at);
    n->u.MatchClass.cls = cls;
    n->u.MatchClass.patterns = positional;
    n->u.MatchClass.kwd_patterns = keywords;
    n->u.MatchClass.kwd_attrs.len = n_keywords;
    n->u.MatchClass.kwd_attrs.items =
        NAC_NEW_ARRAY(p->arena, const char *, n_keywords);
    if (n_keywords)
        memcpy(n->u.MatchClass.kwd_attrs.items, names.items,
               n_keywords * sizeof *names.items);
done:
    nac_vec_free(&names);
    return n;
}

/* -------------------------------------------------------------- patterns */

/* closed_pattern: literal_pattern | capture_pattern | wildcard_pattern
 *     | value_pattern | group_pattern | sequence_pattern | mapping_pattern
 *     | class_pattern */
static struct fe_node *
closed_pattern(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    switch (p->t) {
    case FE_T_STRING:
        return match_value(p, at, fe_p_strings(p));
    case FE_T_MINUS:
    case FE_T_NUMBER:
        return match_value(p, at, signed_or_complex(p));
    case FE_K_NONE:
    case FE_K_TRUE:
    case FE_K_FALSE:
        return singleton(p);
    case FE_T_LPAR:
    case FE_T_LSQB:
        return bracketed(p);
    case FE_T_LBRACE:
        return mapping(p);
    case FE_T_NAME: {
        /* '_' is the wildcard whatever follows */
        if (fe_p_tok(p)->name == p->sym_wild || captures(p))
            return capture(p);
        if (fe_p_peek(p) == FE_T_EQUAL)
            return NULL;
        struct fe_node *n = name_or_attr(p);
        if (!n)
            return NULL;
        if (p->t == FE_T_LPAR)
            return class_pattern(p, at, n);
        return p->t == FE_T_EQUAL ? NULL : match_value(p, at, n);
    }
    default:
        return NULL;
    }
}

/* or_pattern: '|'.closed_pattern+ */
static struct fe_node *
or_pattern(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = closed_pattern(p);
    if (p->t != FE_T_VBAR || !n)
        return n;
    uint32_t mark = fe_p_mark(p);
    fe_p_push(p, n);
    while (fe_p_eat(p, FE_T_VBAR)) {
        if (!(n = closed_pattern(p)))
            return NULL;
        fe_p_push(p, n);
    }
    struct fe_list patterns = fe_p_list(p, mark);
    n = fe_p_new(p, FE_MatchOr, at);
    n->u.MatchOr.patterns = patterns;
    return n;
}

/* pattern: or_pattern ['as' NAME] */
static struct fe_node *
pattern(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = or_pattern(p);
    if (!n || !fe_p_eat(p, FE_K_AS))
        return n;
    if (!captures(p) || fe_p_tok(p)->name == p->sym_wild)
        return NULL;
    const char *name = fe_p_tok(p)->name;
    fe_p_next(p);
    struct fe_node *inner = n;
    n = fe_p_new(p, FE_MatchAs, at);
    n->u.MatchAs.pattern = inner;
    n->u.MatchAs.name = name;
    return n;
}

/* ------------------------------------------------------------- statement */

/* case_block: "case" patterns ['if' named_expression] ':' block
 * patterns: open_sequence_pattern | pattern */
static struct fe_node *
case_block(struct fe_parser *p)
{
    struct fe_list body;
    struct fe_node *guard = NULL;
    fe_p_next(p);
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    struct fe_node *n = maybe_star(p);
    if (!n)
        return NULL;
    if (p->t == FE_T_COMMA) {
        fe_p_push(p, n);
        while (fe_p_eat(p, FE_T_COMMA)) {
            if (p->t == FE_T_COLON || p->t == FE_K_IF)
                break;
            if (!(n = maybe_star(p)))
                return NULL;
            fe_p_push(p, n);
        }
        n = match_sequence(p, at, mark);
    } else if (n->kind == FE_MatchStar) {
        return NULL;
    }
    if (fe_p_eat(p, FE_K_IF) && !(guard = fe_p_named(p)))
        return NULL;
    if (!fe_p_eat(p, FE_T_COLON) || !fe_p_block(p, &body))
        return NULL;
    struct fe_node *c = fe_node_new(p->arena, FE_match_case);
    c->u.match_case.pattern = n;
    c->u.match_case.guard = guard;
    c->u.match_case.body = body;
    return c;
}

/* subject_expr: star_named_expression ',' [star_named_expressions]
 *     | named_expression */
static struct fe_node *
subject(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *n = fe_p_star_named(p);
    if (!n)
        return NULL;
    if (p->t != FE_T_COMMA)
        return n->kind == FE_Starred ? NULL : n;
    uint32_t mark = fe_p_mark(p);
    fe_p_push(p, n);
    while (fe_p_eat(p, FE_T_COMMA) && fe_p_starts_expr(p->t)) {
        if (!(n = fe_p_star_named(p)))
            return NULL;
        fe_p_push(p, n);
    }
    struct fe_list elts = fe_p_list(p, mark);
    n = fe_p_new(p, FE_Tuple, at);
    n->u.Tuple.elts = elts;
    n->u.Tuple.ctx = FE_Load;
    return n;
}

/* match_stmt: "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT */
bool
fe_p_match(struct fe_parser *p, bool *is_match)
{
    uint32_t pos = p->pos, mark = fe_p_mark(p);
    int depth = p->depth;
    struct fe_place at = fe_p_place(p);
    *is_match = false;
    if (!fe_p_starts_expr(fe_p_peek(p)))
        return false;
    fe_p_next(p);
    struct fe_node *value = subject(p);
    if (!value || !fe_p_eat(p, FE_T_COLON) || !fe_p_eat(p, FE_T_NEWLINE) ||
        !fe_p_eat(p, FE_T_INDENT) || p->t != FE_T_NAME ||
        fe_p_tok(p)->name != p->sym_case) {
        p->depth = depth;
        fe_p_back(p, pos, mark);
        return false;
    }
    *is_match = true;
    if (!fe_p_enter(p))
        return false;
    while (p->t == FE_T_NAME && fe_p_tok(p)->name == p->sym_case) {
        struct fe_node *n = case_block(p);
        if (!n)
            return false;
        fe_p_push(p, n);
    }
    p->depth--;
    if (!fe_p_eat(p, FE_T_DEDENT))
        return false;
    struct fe_list cases = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, FE_Match, at);
    n->u.Match.subject = value;
    n->u.Match.cases = cases;
    fe_p_push(p, n);
    return true;
}
