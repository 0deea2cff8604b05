/* SPDX-License-Identifier: MIT
 * frontend/parser_args.c: arguments of calls, parameters of functions and
 * lambdas, for-clauses of comprehensions, and assignment targets.
 */
#include "config.h"

#include "frontend/parser.h"

/* --------------------------------------------------------------- targets */

/* Whether an expression may stand on the left; turns it into a target.
 * star_target: ['*'] target; target: NAME | attribute | subscript
 *     | '(' star_targets ')' | '[' star_targets ']' */
bool
fe_p_set_target(struct fe_node *n, enum fe_target kind)
{
    uint8_t ctx = kind == FE_TARGET_DEL ? FE_Del : FE_Store;
    switch (n->kind) {
    case FE_Name:
        n->u.Name.ctx = ctx;
        return true;
    case FE_Attribute:
        n->u.Attribute.ctx = ctx;
        return true;
    case FE_Subscript:
        n->u.Subscript.ctx = ctx;
        return true;
    case FE_Starred:
        n->u.Starred.ctx = ctx;
        return kind == FE_TARGET_STAR &&
               n->u.Starred.value->kind != FE_Starred &&
               fe_p_set_target(n->u.Starred.value, kind);
    case FE_Tuple:
    case FE_List:
        if (kind == FE_TARGET_SINGLE)
            return false;
        n->u.Tuple.ctx = ctx;
        for (uint32_t i = 0; i < n->u.Tuple.elts.len; i++)
            if (!fe_p_set_target(n->u.Tuple.elts.items[i], kind))
                return false;
        return true;
    default:
        return false;
    }
}

/* --------------------------------------------------------- comprehensions */

/* for_if_clause: ['async'] 'for' star_targets 'in' disjunction
 *     ('if' disjunction)* */
static struct fe_node *
for_clause(struct fe_parser *p)
{
    bool is_async = fe_p_eat(p, FE_K_ASYNC);
    if (!fe_p_eat(p, FE_K_FOR))
        return NULL;
    struct fe_node *target = fe_p_target_list(p);
    if (!target || !fe_p_set_target(target, FE_TARGET_STAR) ||
        !fe_p_eat(p, FE_K_IN))
        return NULL;
    struct fe_node *iter = fe_p_disjunction(p);
    if (!iter)
        return NULL;
    uint32_t mark = fe_p_mark(p);
    while (fe_p_eat(p, FE_K_IF)) {
        struct fe_node *test = fe_p_disjunction(p);
        if (!test)
            return NULL;
        fe_p_push(p, test);
    }
    struct fe_node *n = fe_node_new(p->arena, FE_comprehension);
    n->u.comprehension.target = target;
    n->u.comprehension.iter = iter;
    n->u.comprehension.ifs = fe_p_list(p, mark);
    n->u.comprehension.is_async = is_async;
    return n;
}

/* for_if_clauses: for_if_clause+ */
bool
fe_p_for_clauses(struct fe_parser *p, struct fe_list *out)
{
    uint32_t mark = fe_p_mark(p);
    do {
        struct fe_node *n = for_clause(p);
        if (!n)
            return false;
        fe_p_push(p, n);
    } while (p->t == FE_K_FOR || p->t == FE_K_ASYNC);
    *out = fe_p_list(p, mark);
    return true;
}

/* ------------------------------------------------------------- arguments */

static struct fe_node *
keyword(struct fe_parser *p, struct fe_place at, const char *name)
{
    struct fe_node *value = fe_p_expression(p);
    if (!value)
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_keyword, at);
    n->u.keyword.arg = name;
    n->u.keyword.value = value;
    return n;
}

/* A generator that is the only argument shares the call's parentheses. */
static bool
sole_generator(struct fe_parser *p, struct fe_place open, struct fe_node *elt,
               struct fe_list *args)
{
    struct fe_list generators;
    if (!fe_p_for_clauses(p, &generators) || !fe_p_eat(p, FE_T_RPAR))
        return false;
    struct fe_node *n = fe_p_new(p, FE_GeneratorExp, open);
    n->u.GeneratorExp.elt = elt;
    n->u.GeneratorExp.generators = generators;
    *args = fe_p_single(p, n);
    return true;
}

/* arguments: args [','] ')'
 * args: positional and '*' arguments, then keywords and '*' arguments, then
 *     keywords and '**' arguments */
bool
fe_p_arguments(struct fe_parser *p, struct fe_place open, bool is_call,
               struct fe_list *args, struct fe_list *keywords)
{
    enum { POSITIONAL, KEYWORD, DOUBLE_STAR } state = POSITIONAL;
    uint32_t mark = fe_p_mark(p), n_keywords = 0;
    *args = *keywords = (struct fe_list){0};
    while (p->t != FE_T_RPAR) {
        struct fe_place at = fe_p_place(p);
        struct fe_node *n;
        if (p->t == FE_T_STAR) {
            if (state == DOUBLE_STAR)
                return false;
            fe_p_next(p);
            struct fe_node *value = fe_p_expression(p);
            if (!value)
                return false;
            n = fe_p_new(p, FE_Starred, at);
            n->u.Starred.value = value;
            n->u.Starred.ctx = FE_Load;
        } else if (p->t == FE_T_DOUBLESTAR) {
            fe_p_next(p);
            n = keyword(p, at, NULL);
            state = DOUBLE_STAR;
            n_keywords++;
        } else if (p->t == FE_T_NAME && fe_p_peek(p) == FE_T_EQUAL) {
            const char *name = fe_p_tok(p)->name;
            fe_p_next(p);
            fe_p_next(p);
            n = keyword(p, at, name);
            if (state == POSITIONAL)
                state = KEYWORD;
            n_keywords++;
        } else {
            if (state != POSITIONAL || !(n = fe_p_named(p)))
                return false;
            if (p->t == FE_K_FOR || p->t == FE_K_ASYNC)
                return is_call && fe_p_mark(p) == mark &&
                       sole_generator(p, open, n, args);
        }
        if (!n)
            return false;
        fe_p_push(p, n);
        if (!fe_p_eat(p, FE_T_COMMA))
            break;
        if (fe_p_mark(p) == mark)
            return false;
    }
    if (!fe_p_eat(p, FE_T_RPAR))
        return false;
    uint32_t total = fe_p_mark(p) - mark;
    if (!n_keywords) {
        *args = fe_p_list(p, mark);
        return true;
    }
    args->items = NAC_NEW_ARRAY(p->arena, struct fe_node *, total - n_keywords);
    keywords->items = NAC_NEW_ARRAY(p->arena, struct fe_node *, n_keywords);
    for (uint32_t i = mark; i < mark + total; i++) {
        struct fe_node *n = p->stack.items[i];
        struct fe_list *to = n->kind == FE_keyword ? keywords : args;
        to->items[to->len++] = n;
    }
    p->stack.len = mark;
    return true;
}

/* ------------------------------------------------------------ parameters */

/* param: NAME [':' expression]; lambdas have no annotations. After '*' the
 * annotation may be starred. */
static struct fe_node *
parameter(struct fe_parser *p, bool lambda, bool star)
{
    struct fe_place at = fe_p_place(p);
    if (p->t != FE_T_NAME)
        return NULL;
    const char *name = fe_p_tok(p)->name;
    struct fe_node *annotation = NULL;
    fe_p_next(p);
    if (!lambda && fe_p_eat(p, FE_T_COLON)) {
        annotation =
            star && p->t == FE_T_STAR ? fe_p_one_target(p) : fe_p_expression(p);
        if (!annotation)
            return NULL;
    }
    struct fe_node *n = fe_p_new(p, FE_arg, at);
    n->u.arg.arg = name;
    n->u.arg.annotation = annotation;
    return n;
}

/* The lists of an `arguments` node under construction; each one grows at its
 * own pace, so they cannot share the parser's stack. */
struct parameters {
    NAC_VEC(struct fe_node *) args, kwonly, defaults, kw_defaults;
    uint32_t n_posonly;
    bool slash;
    struct fe_node *vararg, *kwarg;
};

static struct fe_list
to_arena(struct fe_parser *p, struct fe_node **items, uint32_t len)
{
    struct fe_list l = {NULL, len};
    if (len) {
        l.items = NAC_NEW_ARRAY(p->arena, struct fe_node *, len);
        memcpy(l.items, items, len * sizeof *items);
    }
    return l;
}

/* '*' NAME | '*' ',' ; then keyword-only parameters */
static bool
star_parameter(struct fe_parser *p, bool lambda, struct parameters *ps)
{
    fe_p_next(p);
    if (p->t == FE_T_COMMA)
        return fe_p_peek(p) == FE_T_NAME;
    ps->vararg = parameter(p, lambda, true);
    return ps->vararg;
}

static bool
one_parameter(struct fe_parser *p, bool lambda, bool kwonly,
              struct parameters *ps)
{
    struct fe_node *n = parameter(p, lambda, false), *value = NULL;
    if (!n)
        return false;
    if (fe_p_eat(p, FE_T_EQUAL) && !(value = fe_p_expression(p)))
        return false;
    if (kwonly) {
        nac_vec_push(&ps->kwonly, n);
        nac_vec_push(&ps->kw_defaults, value);
        return true;
    }
    nac_vec_push(&ps->args, n);
    if (value)
        nac_vec_push(&ps->defaults, value);
    return value || ps->defaults.len == 0;
}

static bool
all_parameters(struct fe_parser *p, bool lambda, struct parameters *ps)
{
    uint8_t close = lambda ? FE_T_COLON : FE_T_RPAR;
    bool kwonly = false;
    while (p->t != close) {
        if (p->t == FE_T_SLASH) {
            if (kwonly || ps->slash || ps->args.len == 0)
                return false;
            ps->slash = true;
            ps->n_posonly = ps->args.len;
            fe_p_next(p);
        } else if (p->t == FE_T_STAR) {
            if (kwonly || !star_parameter(p, lambda, ps))
                return false;
            kwonly = true;
        } else if (p->t == FE_T_DOUBLESTAR) {
            fe_p_next(p);
            if (!(ps->kwarg = parameter(p, lambda, false)))
                return false;
            fe_p_eat(p, FE_T_COMMA);
            return p->t == close;
        } else if (!one_parameter(p, lambda, kwonly, ps)) {
            return false;
        }
        if (!fe_p_eat(p, FE_T_COMMA))
            return p->t == close;
    }
    return true;
}

/* parameters and lambda_params: up to ')' or ':', which is left */
struct fe_node *
fe_p_parameters(struct fe_parser *p, bool lambda)
{
    struct parameters ps = {0};
    struct fe_node *n = NULL;
    if (all_parameters(p, lambda, &ps)) {
        n = fe_node_new(p->arena, FE_arguments);
        n->u.arguments.posonlyargs = to_arena(p, ps.args.items, ps.n_posonly);
        if (ps.args.len > ps.n_posonly)
            n->u.arguments.args = to_arena(p, ps.args.items + ps.n_posonly,
                                           ps.args.len - ps.n_posonly);
        n->u.arguments.vararg = ps.vararg;
        n->u.arguments.kwonlyargs = to_arena(p, ps.kwonly.items, ps.kwonly.len);
        n->u.arguments.kw_defaults =
            to_arena(p, ps.kw_defaults.items, ps.kw_defaults.len);
        n->u.arguments.kwarg = ps.kwarg;
        n->u.arguments.defaults =
            to_arena(p, ps.defaults.items, ps.defaults.len);
    }
    nac_vec_free(&ps.args);
    nac_vec_free(&ps.kwonly);
    nac_vec_free(&ps.defaults);
    nac_vec_free(&ps.kw_defaults);
    return n;
}
