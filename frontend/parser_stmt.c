/* SPDX-License-Identifier: MIT
 * frontend/parser_stmt.c: statements. Functions named after a production
 * begin at its first token.
 */
#include "config.h"

#include "frontend/parser.h"

static const uint8_t augmented[FE_TOKENS] = {
    [FE_T_PLUSEQUAL] = FE_Add,
    [FE_T_MINEQUAL] = FE_Sub,
    [FE_T_STAREQUAL] = FE_Mult,
    [FE_T_ATEQUAL] = FE_MatMult,
    [FE_T_SLASHEQUAL] = FE_Div,
    [FE_T_PERCENTEQUAL] = FE_Mod,
    [FE_T_AMPEREQUAL] = FE_BitAnd,
    [FE_T_VBAREQUAL] = FE_BitOr,
    [FE_T_CIRCUMFLEXEQUAL] = FE_BitXor,
    [FE_T_LEFTSHIFTEQUAL] = FE_LShift,
    [FE_T_RIGHTSHIFTEQUAL] = FE_RShift,
    [FE_T_DOUBLESTAREQUAL] = FE_Pow,
    [FE_T_DOUBLESLASHEQUAL] = FE_FloorDiv,
};

/* ----------------------------------------------------- simple statements */

/* NAME ':' expression ['=' annotated_rhs], also for attributes, subscripts
 * and names in parentheses; at the colon. */
static struct fe_node *
annotated(struct fe_parser *p, struct fe_place at, bool simple,
          struct fe_node *target)
{
    struct fe_node *value = NULL;
    if (!fe_p_set_target(target, FE_TARGET_SINGLE))
        return NULL;
    fe_p_next(p);
    struct fe_node *annotation = fe_p_expression(p);
    if (!annotation)
        return NULL;
    if (fe_p_eat(p, FE_T_EQUAL) && !(value = fe_p_yield_or_star(p)))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_AnnAssign, at);
    n->u.AnnAssign.target = target;
    n->u.AnnAssign.annotation = annotation;
    n->u.AnnAssign.value = value;
    n->u.AnnAssign.simple = simple && target->kind == FE_Name;
    return n;
}

/* (star_targets '=')+ (yield_expr | star_expressions); at the first '=' */
static struct fe_node *
assignment(struct fe_parser *p, struct fe_place at, struct fe_node *value)
{
    uint32_t mark = fe_p_mark(p);
    while (fe_p_eat(p, FE_T_EQUAL)) {
        if (!fe_p_set_target(value, FE_TARGET_STAR))
            return NULL;
        fe_p_push(p, value);
        if (!(value = fe_p_yield_or_star(p)))
            return NULL;
    }
    struct fe_list targets = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, FE_Assign, at);
    n->u.Assign.targets = targets;
    n->u.Assign.value = value;
    return n;
}

/* assignment | star_expressions | yield_expr */
static struct fe_node *
expression_statement(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    bool simple = p->t == FE_T_NAME;
    struct fe_node *value = fe_p_yield_or_star(p), *n;
    if (!value)
        return NULL;
    if (p->t == FE_T_EQUAL)
        return assignment(p, at, value);
    if (p->t == FE_T_COLON)
        return annotated(p, at, simple, value);
    uint8_t op = augmented[p->t];
    if (op) {
        if (!fe_p_set_target(value, FE_TARGET_SINGLE))
            return NULL;
        fe_p_next(p);
        struct fe_node *right = fe_p_yield_or_star(p);
        if (!right)
            return NULL;
        n = fe_p_new(p, FE_AugAssign, at);
        n->u.AugAssign.target = value;
        n->u.AugAssign.op = op;
        n->u.AugAssign.value = right;
        return n;
    }
    n = fe_p_new(p, FE_Expr, at);
    n->u.Expr.value = value;
    return n;
}

/* 'return' [star_expressions] */
static struct fe_node *
return_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *value = NULL;
    fe_p_next(p);
    if (fe_p_starts_expr(p->t) && !(value = fe_p_star_expressions(p)))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_Return, at);
    n->u.Return.value = value;
    return n;
}

/* 'raise' [expression ['from' expression]] */
static struct fe_node *
raise_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *exc = NULL, *cause = NULL;
    fe_p_next(p);
    if (fe_p_starts_expr(p->t)) {
        if (!(exc = fe_p_expression(p)))
            return NULL;
        if (fe_p_eat(p, FE_K_FROM) && !(cause = fe_p_expression(p)))
            return NULL;
    }
    struct fe_node *n = fe_p_new(p, FE_Raise, at);
    n->u.Raise.exc = exc;
    n->u.Raise.cause = cause;
    return n;
}

/* ('global' | 'nonlocal') ','.NAME+ */
static struct fe_node *
scope_stmt(struct fe_parser *p, enum fe_kind kind)
{
    struct fe_place at = fe_p_place(p);
    uint32_t first = p->pos + 1;
    do {
        fe_p_next(p);
        if (p->t != FE_T_NAME)
            return NULL;
        fe_p_next(p);
    } while (p->t == FE_T_COMMA);
    uint32_t len = (p->pos - first + 1) / 2;
    struct fe_node *n = fe_p_new(p, kind, at);
    n->u.Global.names.items = NAC_NEW_ARRAY(p->arena, const char *, len);
    n->u.Global.names.len = len;
    for (uint32_t i = 0; i < len; i++)
        n->u.Global.names.items[i] = p->toks.items[first + 2 * i].name;
    return n;
}

/* 'del' ','.del_target+ [','] &(';' | NEWLINE) */
static struct fe_node *
del_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    fe_p_next(p);
    do {
        if (p->t == FE_T_SEMI || p->t == FE_T_NEWLINE)
            break;
        struct fe_node *n = fe_p_bitwise_or(p);
        if (!n || !fe_p_set_target(n, FE_TARGET_DEL))
            return NULL;
        fe_p_push(p, n);
    } while (fe_p_eat(p, FE_T_COMMA));
    if (fe_p_mark(p) == mark)
        return NULL;
    struct fe_list targets = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, FE_Delete, at);
    n->u.Delete.targets = targets;
    return n;
}

/* 'assert' expression [',' expression] */
static struct fe_node *
assert_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    fe_p_next(p);
    struct fe_node *test = fe_p_expression(p), *msg = NULL;
    if (!test)
        return NULL;
    if (fe_p_eat(p, FE_T_COMMA) && !(msg = fe_p_expression(p)))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_Assert, at);
    n->u.Assert.test = test;
    n->u.Assert.msg = msg;
    return n;
}

/* dotted_name: NAME ('.' NAME)*; one identifier with its dots, or NULL */
static const char *
dotted_name(struct fe_parser *p)
{
    if (p->t != FE_T_NAME)
        return NULL;
    const char *name = fe_p_tok(p)->name;
    fe_p_next(p);
    if (p->t != FE_T_DOT)
        return name;
    struct nac_buf b = {0};
    nac_buf_puts(&b, name);
    while (fe_p_eat(p, FE_T_DOT)) {
        if (p->t != FE_T_NAME) {
            nac_buf_free(&b);
            return NULL;
        }
        nac_buf_putc(&b, '.');
        nac_buf_puts(&b, fe_p_tok(p)->name);
        fe_p_next(p);
    }
    name = fe_names_add(p->lx->names, b.data, b.len)->text;
    nac_buf_free(&b);
    return name;
}

/* (dotted_name | NAME) ['as' NAME] */
static struct fe_node *
alias(struct fe_parser *p, bool dotted)
{
    struct fe_place at = fe_p_place(p);
    const char *name, *asname = NULL;
    if (dotted) {
        if (!(name = dotted_name(p)))
            return NULL;
    } else {
        if (p->t != FE_T_NAME)
            return NULL;
        name = fe_p_tok(p)->name;
        fe_p_next(p);
    }
    if (fe_p_eat(p, FE_K_AS)) {
        if (p->t != FE_T_NAME)
            return NULL;
        asname = fe_p_tok(p)->name;
        fe_p_next(p);
    }
    struct fe_node *n = fe_p_new(p, FE_alias, at);
    n->u.alias.name = name;
    n->u.alias.asname = asname;
    return n;
}

/* 'import' ','.dotted_as_name+ */
static struct fe_node *
import_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    fe_p_next(p);
    do {
        struct fe_node *n = alias(p, true);
        if (!n)
            return NULL;
        fe_p_push(p, n);
    } while (fe_p_eat(p, FE_T_COMMA));
    struct fe_list names = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, FE_Import, at);
    n->u.Import.names = names;
    return n;
}

/* '*' | '(' ','.import_as_name+ [','] ')' | ','.import_as_name+ */
static bool
import_targets(struct fe_parser *p)
{
    if (p->t == FE_T_STAR) {
        struct fe_place at = fe_p_place(p);
        fe_p_next(p);
        struct fe_node *n = fe_p_new(p, FE_alias, at);
        n->u.alias.name = fe_names_add(p->lx->names, "*", 1)->text;
        fe_p_push(p, n);
        return true;
    }
    bool parens = fe_p_eat(p, FE_T_LPAR);
    bool any = false;
    do {
        if (parens && any && p->t == FE_T_RPAR)
            break;
        struct fe_node *n = alias(p, false);
        if (!n)
            return false;
        fe_p_push(p, n);
        any = true;
    } while (fe_p_eat(p, FE_T_COMMA));
    return !parens || fe_p_eat(p, FE_T_RPAR);
}

/* 'from' ('.' | '...')* dotted_name 'import' targets
 * 'from' ('.' | '...')+ 'import' targets */
static struct fe_node *
from_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    uint32_t mark = fe_p_mark(p);
    const char *module = NULL;
    int level = 0;
    fe_p_next(p);
    while (p->t == FE_T_DOT || p->t == FE_T_ELLIPSIS) {
        level += p->t == FE_T_DOT ? 1 : 3;
        fe_p_next(p);
    }
    if ((p->t != FE_K_IMPORT || !level) && !(module = dotted_name(p)))
        return NULL;
    if (!fe_p_eat(p, FE_K_IMPORT) || !import_targets(p))
        return NULL;
    struct fe_list names = fe_p_list(p, mark);
    struct fe_node *n = fe_p_new(p, FE_ImportFrom, at);
    n->u.ImportFrom.module = module;
    n->u.ImportFrom.names = names;
    n->u.ImportFrom.level = level;
    return n;
}

static struct fe_node *
bare(struct fe_parser *p, enum fe_kind kind)
{
    struct fe_place at = fe_p_place(p);
    fe_p_next(p);
    return fe_p_new(p, kind, at);
}

static struct fe_node *
simple_stmt(struct fe_parser *p)
{
    switch (p->t) {
    case FE_K_RETURN:
        return return_stmt(p);
    case FE_K_IMPORT:
        return import_stmt(p);
    case FE_K_FROM:
        return from_stmt(p);
    case FE_K_RAISE:
        return raise_stmt(p);
    case FE_K_PASS:
        return bare(p, FE_Pass);
    case FE_K_BREAK:
        return bare(p, FE_Break);
    case FE_K_CONTINUE:
        return bare(p, FE_Continue);
    case FE_K_DEL:
        return del_stmt(p);
    case FE_K_ASSERT:
        return assert_stmt(p);
    case FE_K_GLOBAL:
        return scope_stmt(p, FE_Global);
    case FE_K_NONLOCAL:
        return scope_stmt(p, FE_Nonlocal);
    default:
        return expression_statement(p);
    }
}

/* simple_stmts: ';'.simple_stmt+ [';'] NEWLINE */
bool
fe_p_simple_line(struct fe_parser *p)
{
    do {
        if (p->t == FE_T_NEWLINE)
            break;
        struct fe_node *n = simple_stmt(p);
        if (!n)
            return false;
        fe_p_push(p, n);
    } while (fe_p_eat(p, FE_T_SEMI));
    return fe_p_eat(p, FE_T_NEWLINE);
}

/* --------------------------------------------------- compound statements */

/* block: NEWLINE INDENT statements DEDENT | simple_stmts */
bool
fe_p_block(struct fe_parser *p, struct fe_list *out)
{
    uint32_t mark = fe_p_mark(p);
    if (p->t == FE_T_NEWLINE) {
        fe_p_next(p);
        if (!fe_p_eat(p, FE_T_INDENT) || !fe_p_statements(p, FE_T_DEDENT))
            return false;
    } else {
        if (p->t == FE_T_SEMI || !fe_p_simple_line(p))
            return false;
    }
    *out = fe_p_list(p, mark);
    return true;
}

/* ':' block */
static bool
colon_block(struct fe_parser *p, struct fe_list *out)
{
    return fe_p_eat(p, FE_T_COLON) && fe_p_block(p, out);
}

/* ['else' ':' block] */
static bool
else_block(struct fe_parser *p, struct fe_list *out)
{
    *out = (struct fe_list){0};
    return !fe_p_eat(p, FE_K_ELSE) || colon_block(p, out);
}

/* ('if' | 'elif') named_expression ':' block (elif_stmt | [else_block]) */
static struct fe_node *
if_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_list body, orelse;
    fe_p_next(p);
    struct fe_node *test = fe_p_named(p);
    if (!test || !colon_block(p, &body))
        return NULL;
    if (p->t == FE_K_ELIF) {
        if (!fe_p_enter(p))
            return NULL;
        struct fe_node *n = if_stmt(p);
        p->depth--;
        if (!n)
            return NULL;
        orelse = fe_p_single(p, n);
    } else if (!else_block(p, &orelse)) {
        return NULL;
    }
    struct fe_node *n = fe_p_new(p, FE_If, at);
    n->u.If.test = test;
    n->u.If.body = body;
    n->u.If.orelse = orelse;
    return n;
}

/* 'while' named_expression ':' block [else_block] */
static struct fe_node *
while_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_list body, orelse;
    fe_p_next(p);
    struct fe_node *test = fe_p_named(p);
    if (!test || !colon_block(p, &body) || !else_block(p, &orelse))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_While, at);
    n->u.While.test = test;
    n->u.While.body = body;
    n->u.While.orelse = orelse;
    return n;
}

/* 'for' star_targets 'in' star_expressions ':' block [else_block] */
static struct fe_node *
for_stmt(struct fe_parser *p, struct fe_place at, enum fe_kind kind)
{
    struct fe_list body, orelse;
    fe_p_next(p);
    struct fe_node *target = fe_p_target_list(p);
    if (!target || !fe_p_set_target(target, FE_TARGET_STAR) ||
        !fe_p_eat(p, FE_K_IN))
        return NULL;
    struct fe_node *iter = fe_p_star_expressions(p);
    if (!iter || !colon_block(p, &body) || !else_block(p, &orelse))
        return NULL;
    struct fe_node *n = fe_p_new(p, kind, at);
    n->u.For.target = target;
    n->u.For.iter = iter;
    n->u.For.body = body;
    n->u.For.orelse = orelse;
    return n;
}

/* with_item: expression ['as' star_target &(',' | ')' | ':')] */
static struct fe_node *
with_item(struct fe_parser *p)
{
    struct fe_node *expr = fe_p_expression(p), *vars = NULL;
    if (!expr)
        return NULL;
    if (fe_p_eat(p, FE_K_AS)) {
        vars = fe_p_one_target(p);
        if (!vars || !fe_p_set_target(vars, FE_TARGET_STAR))
            return NULL;
        if (p->t != FE_T_COMMA && p->t != FE_T_RPAR && p->t != FE_T_COLON)
            return NULL;
    }
    struct fe_node *n = fe_node_new(p->arena, FE_withitem);
    n->u.withitem.context_expr = expr;
    n->u.withitem.optional_vars = vars;
    return n;
}

/* '(' ','.with_item+ [','] ')' ':'; at the parenthesis */
static bool
parenthesised_items(struct fe_parser *p)
{
    fe_p_next(p);
    do {
        if (p->t == FE_T_RPAR)
            break;
        struct fe_node *n = with_item(p);
        if (!n)
            return false;
        fe_p_push(p, n);
    } while (fe_p_eat(p, FE_T_COMMA));
    return fe_p_eat(p, FE_T_RPAR) && p->t == FE_T_COLON;
}

/* 'with' ('(' ','.with_item+ [','] ')' | ','.with_item+) ':' block */
static struct fe_node *
with_stmt(struct fe_parser *p, struct fe_place at, enum fe_kind kind)
{
    struct fe_list body;
    uint32_t mark = fe_p_mark(p);
    fe_p_next(p);
    uint32_t pos = p->pos;
    int depth = p->depth;
    if (p->t != FE_T_LPAR || !parenthesised_items(p) || fe_p_mark(p) == mark) {
        p->depth = depth;
        fe_p_back(p, pos, mark);
        do {
            struct fe_node *n = with_item(p);
            if (!n)
                return NULL;
            fe_p_push(p, n);
        } while (fe_p_eat(p, FE_T_COMMA));
    }
    struct fe_list items = fe_p_list(p, mark);
    if (!colon_block(p, &body))
        return NULL;
    struct fe_node *n = fe_p_new(p, kind, at);
    n->u.With.items = items;
    n->u.With.body = body;
    return n;
}

/* 'except' ['*'] [expression ['as' NAME]] ':' block */
static struct fe_node *
except_block(struct fe_parser *p, bool *star)
{
    struct fe_place at = fe_p_place(p);
    struct fe_node *type = NULL;
    struct fe_list body;
    const char *name = NULL;
    fe_p_next(p);
    *star = fe_p_eat(p, FE_T_STAR);
    if (p->t != FE_T_COLON || *star) {
        if (!(type = fe_p_expression(p)))
            return NULL;
        if (fe_p_eat(p, FE_K_AS)) {
            if (p->t != FE_T_NAME)
                return NULL;
            name = fe_p_tok(p)->name;
            fe_p_next(p);
        }
    }
    if (!colon_block(p, &body))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_ExceptHandler, at);
    n->u.ExceptHandler.type = type;
    n->u.ExceptHandler.name = name;
    n->u.ExceptHandler.body = body;
    return n;
}

/* 'try' ':' block (finally_block
 *     | except_block+ [else_block] [finally_block]) */
static struct fe_node *
try_stmt(struct fe_parser *p)
{
    struct fe_place at = fe_p_place(p);
    struct fe_list body, handlers, orelse = {0}, final = {0};
    fe_p_next(p);
    if (!colon_block(p, &body))
        return NULL;
    uint32_t mark = fe_p_mark(p);
    bool star = false;
    while (p->t == FE_K_EXCEPT) {
        bool this_star;
        struct fe_node *n = except_block(p, &this_star);
        if (!n || (fe_p_mark(p) > mark && this_star != star))
            return NULL;
        star = this_star;
        fe_p_push(p, n);
    }
    handlers = fe_p_list(p, mark);
    if (handlers.len && !else_block(p, &orelse))
        return NULL;
    if (fe_p_eat(p, FE_K_FINALLY)) {
        if (!colon_block(p, &final))
            return NULL;
    } else if (!handlers.len) {
        return NULL;
    }
    struct fe_node *n = fe_p_new(p, star ? FE_TryStar : FE_Try, at);
    n->u.Try.body = body;
    n->u.Try.handlers = handlers;
    n->u.Try.orelse = orelse;
    n->u.Try.finalbody = final;
    return n;
}

/* 'def' NAME '(' [params] ')' ['->' expression] ':' block */
static struct fe_node *
function_def(struct fe_parser *p, struct fe_place at, enum fe_kind kind,
             struct fe_list decorators)
{
    struct fe_node *returns = NULL;
    struct fe_list body;
    fe_p_next(p);
    if (p->t != FE_T_NAME)
        return NULL;
    const char *name = fe_p_tok(p)->name;
    fe_p_next(p);
    if (!fe_p_eat(p, FE_T_LPAR))
        return NULL;
    struct fe_node *args = fe_p_parameters(p, false);
    if (!args || !fe_p_eat(p, FE_T_RPAR))
        return NULL;
    if (fe_p_eat(p, FE_T_RARROW) && !(returns = fe_p_expression(p)))
        return NULL;
    if (!colon_block(p, &body))
        return NULL;
    struct fe_node *n = fe_p_new(p, kind, at);
    n->u.FunctionDef.name = name;
    n->u.FunctionDef.args = args;
    n->u.FunctionDef.body = body;
    n->u.FunctionDef.decorator_list = decorators;
    n->u.FunctionDef.returns = returns;
    return n;
}

/* 'class' NAME ['(' [arguments] ')'] ':' block */
static struct fe_node *
class_def(struct fe_parser *p, struct fe_list decorators)
{
    struct fe_place at = fe_p_place(p);
    struct fe_list bases = {0}, keywords = {0}, body;
    fe_p_next(p);
    if (p->t != FE_T_NAME)
        return NULL;
    const char *name = fe_p_tok(p)->name;
    fe_p_next(p);
    struct fe_place open = fe_p_place(p);
    if (fe_p_eat(p, FE_T_LPAR) &&
        !fe_p_arguments(p, open, false, &bases, &keywords))
        return NULL;
    if (!colon_block(p, &body))
        return NULL;
    struct fe_node *n = fe_p_new(p, FE_ClassDef, at);
    n->u.ClassDef.name = name;
    n->u.ClassDef.bases = bases;
    n->u.ClassDef.keywords = keywords;
    n->u.ClassDef.body = body;
    n->u.ClassDef.decorator_list = decorators;
    return n;
}

/* 'async' (function_def | with_stmt | for_stmt) */
static struct fe_node *
async_stmt(struct fe_parser *p, struct fe_list decorators, bool decorated)
{
    struct fe_place at = fe_p_place(p);
    fe_p_next(p);
    if (p->t == FE_K_DEF)
        return function_def(p, at, FE_AsyncFunctionDef, decorators);
    if (decorated)
        return NULL;
    if (p->t == FE_K_WITH)
        return with_stmt(p, at, FE_AsyncWith);
    if (p->t == FE_K_FOR)
        return for_stmt(p, at, FE_AsyncFor);
    return NULL;
}

/* ('@' named_expression NEWLINE)+ (class_def | function_def) */
static struct fe_node *
decorated(struct fe_parser *p)
{
    uint32_t mark = fe_p_mark(p);
    while (fe_p_eat(p, FE_T_AT)) {
        struct fe_node *n = fe_p_named(p);
        if (!n || !fe_p_eat(p, FE_T_NEWLINE))
            return NULL;
        fe_p_push(p, n);
    }
    struct fe_list decorators = fe_p_list(p, mark);
    switch (p->t) {
    case FE_K_CLASS:
        return class_def(p, decorators);
    case FE_K_DEF:
        return function_def(p, fe_p_place(p), FE_FunctionDef, decorators);
    case FE_K_ASYNC:
        return async_stmt(p, decorators, true);
    default:
        return NULL;
    }
}

/* Pushes the compound statement at hand; *is_compound tells whether there is
 * one at all. */
bool
fe_p_compound(struct fe_parser *p, bool *is_compound)
{
    struct fe_list none = {0};
    struct fe_node *n;
    *is_compound = true;
    switch (p->t) {
    case FE_K_IF:
        n = if_stmt(p);
        break;
    case FE_K_FOR:
        n = for_stmt(p, fe_p_place(p), FE_For);
        break;
    case FE_K_WHILE:
        n = while_stmt(p);
        break;
    case FE_K_TRY:
        n = try_stmt(p);
        break;
    case FE_K_WITH:
        n = with_stmt(p, fe_p_place(p), FE_With);
        break;
    case FE_K_DEF:
        n = function_def(p, fe_p_place(p), FE_FunctionDef, none);
        break;
    case FE_K_CLASS:
        n = class_def(p, none);
        break;
    case FE_T_AT:
        n = decorated(p);
        break;
    case FE_K_ASYNC:
        n = async_stmt(p, none, false);
        break;
    case FE_T_NAME:
        if (fe_p_tok(p)->name == p->sym_match)
            return fe_p_match(p, is_compound);
        /* fall through */
    default:
        *is_compound = false;
        return false;
    }
    if (!n)
        return false;
    fe_p_push(p, n);
    return true;
}

/* statements: (compound_stmt | simple_stmts)+, up to and with [end] */
bool
fe_p_statements(struct fe_parser *p, uint8_t end)
{
    if (!fe_p_enter(p))
        return false;
    do {
        bool is_compound;
        if (!fe_p_compound(p, &is_compound) &&
            (is_compound || p->t == FE_T_NEWLINE || !fe_p_simple_line(p)))
            return false;
    } while (p->t != end);
    p->depth--;
    fe_p_next(p);
    return true;
}
