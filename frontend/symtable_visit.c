/* SPDX-License-Identifier: MIT
 * frontend/symtable_visit.c: the walk over the tree that makes the scopes and
 * notes what is done to each name. Errors here are those that CPython's
 * symbol table reports, in its order: they come before every error of the
 * code generator.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "frontend/compiler.h"
#include "frontend/symtable_visit.h"

static int visit(struct fe_node *n, void *data);

static bool
visit_list(struct fe_symtable *st, struct fe_list l)
{
    for (uint32_t i = 0; i < l.len; i++)
        if (l.items[i] && visit(l.items[i], st))
            return false;
    return true;
}

static bool
visit_opt(struct fe_symtable *st, struct fe_node *n)
{
    return !n || !visit(n, st);
}

static void
enter_block(struct fe_symtable *st, const char *name, enum fe_scope_kind kind,
            struct fe_node *n)
{
    struct fe_scope *s = NAC_NEW(st->c->arena, struct fe_scope);
    struct fe_scope *outer = st->cur;

    s->kind = kind;
    s->name = name;
    s->node = n;
    s->parent = outer;
    nac_vec_push(&st->all, s);
    nac_vec_push(&st->stack, s);
    st->cur = s;
    if (outer)
        s->nested = outer->nested || outer->kind == FE_SCOPE_FUNCTION;
    if (outer)
        s->comp_iter_expr = outer->comp_iter_expr;
    if (kind == FE_SCOPE_ANNOTATION)
        return;
    *nac_map_at_int(&st->by_node, (uintptr_t)n) = (uintptr_t)s;
    if (outer)
        nac_vec_push(&outer->children, s);
}

static void
exit_block(struct fe_symtable *st)
{
    st->stack.len--;
    st->cur = st->stack.len ? nac_vec_top(&st->stack) : NULL;
}

/* -- definitions ----------------------------------------------------------- */

static bool
add_def_to(struct fe_symtable *st, const char *id, uint32_t flag,
           struct fe_scope *s, const struct fe_node *at)
{
    const char *name = fe_mangle(st->c->arena, st->private_name, id);
    struct fe_symbol *sym = fe_scope_symbol(s, name);

    if ((flag & FE_DEF_PARAM) && (sym->flags & FE_DEF_PARAM)) {
        fe_fail_at(st->c, at,
                   "duplicate argument '%s' in function "
                   "definition",
                   name);
        return false;
    }
    sym->flags |= flag;
    if (s->comp_iter_target) {
        if (sym->flags & (FE_DEF_GLOBAL | FE_DEF_NONLOCAL)) {
            fe_fail_at(st->c, at,
                       "comprehension inner loop cannot rebind "
                       "assignment expression target '%s'",
                       name);
            return false;
        }
        sym->flags |= FE_DEF_COMP_ITER;
    }
    if (flag & FE_DEF_PARAM)
        nac_vec_push(&s->params, name);
    else if (flag & FE_DEF_GLOBAL)
        fe_scope_symbol(st->top, name)->flags |= flag;
    return true;
}

static bool
add_def(struct fe_symtable *st, const char *id, uint32_t flag,
        const struct fe_node *at)
{
    return add_def_to(st, id, flag, st->cur, at);
}

static uint32_t
lookup(struct fe_symtable *st, const char *id)
{
    struct fe_symbol *sym =
        fe_scope_find(st->cur, fe_mangle(st->c->arena, st->private_name, id));

    return sym ? sym->flags : 0;
}

static void
record_directive(struct fe_symtable *st, const char *id,
                 const struct fe_node *at)
{
    const char *name = fe_mangle(st->c->arena, st->private_name, id);

    nac_vec_push(&st->cur->directives, (struct fe_directive){name, at});
}

static bool
visit_global(struct fe_symtable *st, struct fe_node *n, bool global)
{
    struct fe_idlist ids = global ? n->u.Global.names : n->u.Nonlocal.names;
    const char *word = global ? "global" : "nonlocal";

    for (uint32_t i = 0; i < ids.len; i++) {
        const char *id = ids.items[i];
        uint32_t cur = lookup(st, id);

        if (cur & (FE_DEF_PARAM | FE_DEF_LOCAL | FE_USE | FE_DEF_ANNOT)) {
            if (cur & FE_DEF_PARAM)
                fe_fail_at(st->c, n, "name '%s' is parameter and %s", id, word);
            else if (cur & FE_USE)
                fe_fail_at(st->c, n,
                           "name '%s' is used prior to %s "
                           "declaration",
                           id, word);
            else if (cur & FE_DEF_ANNOT)
                fe_fail_at(st->c, n, "annotated name '%s' can't be %s", id,
                           word);
            else
                fe_fail_at(st->c, n,
                           "name '%s' is assigned to before %s "
                           "declaration",
                           id, word);
            return false;
        }
        if (!add_def(st, id, global ? FE_DEF_GLOBAL : FE_DEF_NONLOCAL, n))
            return false;
        record_directive(st, id, n);
    }
    return true;
}

/* -- functions and classes ------------------------------------------------- */

static bool
visit_annotation(struct fe_symtable *st, struct fe_node *n)
{
    bool ok;

    if (!n)
        return true;
    if (st->c->future_annotations)
        enter_block(st, "_annotation", FE_SCOPE_ANNOTATION, n);
    ok = visit_opt(st, n);
    if (st->c->future_annotations && ok)
        exit_block(st);
    return ok;
}

static bool
visit_arg_annotations(struct fe_symtable *st, struct fe_list args)
{
    for (uint32_t i = 0; i < args.len; i++)
        if (!visit_annotation(st, args.items[i]->u.arg.annotation))
            return false;
    return true;
}

static bool
visit_annotations(struct fe_symtable *st, struct fe_node *a,
                  struct fe_node *returns)
{
    struct fe_node *v = a->u.arguments.vararg, *k = a->u.arguments.kwarg;

    return visit_arg_annotations(st, a->u.arguments.posonlyargs) &&
           visit_arg_annotations(st, a->u.arguments.args) &&
           (!v || visit_annotation(st, v->u.arg.annotation)) &&
           (!k || visit_annotation(st, k->u.arg.annotation)) &&
           visit_arg_annotations(st, a->u.arguments.kwonlyargs) &&
           visit_annotation(st, returns);
}

static bool
visit_params(struct fe_symtable *st, struct fe_list args)
{
    for (uint32_t i = 0; i < args.len; i++)
        if (!add_def(st, args.items[i]->u.arg.arg, FE_DEF_PARAM, args.items[i]))
            return false;
    return true;
}

static bool
visit_arguments(struct fe_symtable *st, struct fe_node *a)
{
    struct fe_node *v = a->u.arguments.vararg, *k = a->u.arguments.kwarg;

    if (!visit_params(st, a->u.arguments.posonlyargs) ||
        !visit_params(st, a->u.arguments.args) ||
        !visit_params(st, a->u.arguments.kwonlyargs))
        return false;
    if (v) {
        if (!add_def(st, v->u.arg.arg, FE_DEF_PARAM, v))
            return false;
        st->cur->varargs = true;
    }
    if (k) {
        if (!add_def(st, k->u.arg.arg, FE_DEF_PARAM, k))
            return false;
        st->cur->varkeywords = true;
    }
    return true;
}

static bool
visit_function(struct fe_symtable *st, struct fe_node *n)
{
    struct fe_node *a = n->u.FunctionDef.args;

    if (!add_def(st, n->u.FunctionDef.name, FE_DEF_LOCAL, n) ||
        !visit_list(st, a->u.arguments.defaults) ||
        !visit_list(st, a->u.arguments.kw_defaults) ||
        !visit_annotations(st, a, n->u.FunctionDef.returns) ||
        !visit_list(st, n->u.FunctionDef.decorator_list))
        return false;
    enter_block(st, n->u.FunctionDef.name, FE_SCOPE_FUNCTION, n);
    if (n->kind == FE_AsyncFunctionDef)
        st->cur->coroutine = true;
    if (!visit_arguments(st, a) || !visit_list(st, n->u.FunctionDef.body))
        return false;
    exit_block(st);
    return true;
}

static bool
visit_lambda(struct fe_symtable *st, struct fe_node *n)
{
    struct fe_node *a = n->u.Lambda.args;

    if (!visit_list(st, a->u.arguments.defaults) ||
        !visit_list(st, a->u.arguments.kw_defaults))
        return false;
    enter_block(st, "lambda", FE_SCOPE_FUNCTION, n);
    if (!visit_arguments(st, a) || visit(n->u.Lambda.body, st))
        return false;
    exit_block(st);
    return true;
}

static bool
visit_class(struct fe_symtable *st, struct fe_node *n)
{
    const char *outer = st->private_name;

    if (!add_def(st, n->u.ClassDef.name, FE_DEF_LOCAL, n) ||
        !visit_list(st, n->u.ClassDef.bases) ||
        !visit_list(st, n->u.ClassDef.keywords) ||
        !visit_list(st, n->u.ClassDef.decorator_list))
        return false;
    enter_block(st, n->u.ClassDef.name, FE_SCOPE_CLASS, n);
    st->private_name = n->u.ClassDef.name;
    if (!visit_list(st, n->u.ClassDef.body))
        return false;
    st->private_name = outer;
    exit_block(st);
    return true;
}

/* -- comprehensions -------------------------------------------------------- */

static bool
visit_generators(struct fe_symtable *st, struct fe_list gens)
{
    for (uint32_t i = 0; i < gens.len; i++) {
        struct fe_node *g = gens.items[i];

        st->cur->comp_iter_target = true;
        if (visit(g->u.comprehension.target, st))
            return false;
        st->cur->comp_iter_target = false;
        if (i > 0) {
            st->cur->comp_iter_expr++;
            if (visit(g->u.comprehension.iter, st))
                return false;
            st->cur->comp_iter_expr--;
        }
        if (!visit_list(st, g->u.comprehension.ifs))
            return false;
        if (g->u.comprehension.is_async)
            st->cur->coroutine = true;
    }
    return true;
}

static bool
visit_comprehension(struct fe_symtable *st, struct fe_node *n,
                    enum fe_comprehension kind, const char *name)
{
    struct fe_list gens = n->kind == FE_DictComp ? n->u.DictComp.generators
                                                 : n->u.ListComp.generators;
    bool is_async;

    st->cur->comp_iter_expr++;
    if (visit(gens.items[0]->u.comprehension.iter, st))
        return false;
    st->cur->comp_iter_expr--;
    enter_block(st, name, FE_SCOPE_FUNCTION, n);
    st->cur->comprehension = kind;
    add_def(st, ".0", FE_DEF_PARAM, n);
    if (!visit_generators(st, gens))
        return false;
    if (n->kind == FE_DictComp) {
        if (visit(n->u.DictComp.value, st) || visit(n->u.DictComp.key, st))
            return false;
    } else if (visit(n->u.ListComp.elt, st)) {
        return false;
    }
    st->cur->generator = kind == FE_GENERATOR_COMP;
    is_async = st->cur->coroutine && kind != FE_GENERATOR_COMP;
    exit_block(st);
    if (is_async)
        st->cur->coroutine = true;
    return true;
}

/* A := inside a comprehension binds in the function or module around it. */
static bool
extend_walrus_scope(struct fe_symtable *st, struct fe_node *target)
{
    const char *id = target->u.Name.id;
    const char *name = fe_mangle(st->c->arena, st->private_name, id);

    for (uint32_t i = st->stack.len; i-- > 0;) {
        struct fe_scope *s = st->stack.items[i];
        struct fe_symbol *sym = fe_scope_find(s, name);
        uint32_t flags = sym ? sym->flags : 0;

        if (s->comprehension) {
            if ((flags & FE_DEF_COMP_ITER) && (flags & FE_DEF_LOCAL)) {
                fe_fail_at(st->c, target,
                           "assignment expression cannot "
                           "rebind comprehension iteration variable '%s'",
                           id);
                return false;
            }
            continue;
        }
        if (s->kind == FE_SCOPE_FUNCTION) {
            uint32_t how =
                flags & FE_DEF_GLOBAL ? FE_DEF_GLOBAL : FE_DEF_NONLOCAL;

            if (!add_def(st, id, how, target))
                return false;
            record_directive(st, id, target);
            return add_def_to(st, id, FE_DEF_LOCAL | FE_DEF_WALRUS, s, target);
        }
        if (s->kind == FE_SCOPE_MODULE) {
            if (!add_def(st, id, FE_DEF_GLOBAL, target))
                return false;
            record_directive(st, id, target);
            return add_def_to(st, id, FE_DEF_GLOBAL, s, target);
        }
        if (s->kind == FE_SCOPE_CLASS) {
            fe_fail_at(st->c, target,
                       "assignment expression within a "
                       "comprehension cannot be used in a class body");
            return false;
        }
    }
    return true;
}

static bool
not_in_annotation(struct fe_symtable *st, const char *what,
                  const struct fe_node *n)
{
    if (st->cur->kind != FE_SCOPE_ANNOTATION)
        return true;
    fe_fail_at(st->c, n, "%s can not be used within an annotation", what);
    return false;
}

static bool
visit_walrus(struct fe_symtable *st, struct fe_node *n)
{
    struct fe_node *target = n->u.NamedExpr.target;

    if (!not_in_annotation(st, "'named expression'", n))
        return false;
    if (st->cur->comp_iter_expr > 0) {
        fe_fail_at(st->c, n,
                   "assignment expression cannot be used in a "
                   "comprehension iterable expression");
        return false;
    }
    if (st->cur->comprehension && !extend_walrus_scope(st, target))
        return false;
    if (visit(n->u.NamedExpr.value, st) || visit(target, st))
        return false;
    add_def(st, target->u.Name.id, FE_DEF_WALRUS, target);
    return true;
}

static bool
visit_yield(struct fe_symtable *st, struct fe_node *n)
{
    static const char *const where[] = {
        [FE_LIST_COMP] = "'yield' inside list comprehension",
        [FE_SET_COMP] = "'yield' inside set comprehension",
        [FE_DICT_COMP] = "'yield' inside dict comprehension",
        [FE_GENERATOR_COMP] = "'yield' inside generator expression",
    };

    if (!not_in_annotation(st, "'yield expression'", n))
        return false;
    if (!visit_opt(st, n->kind == FE_Yield ? n->u.Yield.value
                                           : n->u.YieldFrom.value))
        return false;
    st->cur->generator = true;
    if (st->cur->comprehension) {
        fe_fail_at(st->c, n, "%s", where[st->cur->comprehension]);
        return false;
    }
    return true;
}

/* -- other nodes ----------------------------------------------------------- */

static bool
visit_ann_assign(struct fe_symtable *st, struct fe_node *n)
{
    struct fe_node *target = n->u.AnnAssign.target;

    if (target->kind == FE_Name) {
        const char *id = target->u.Name.id;
        uint32_t cur = lookup(st, id);

        if ((cur & (FE_DEF_GLOBAL | FE_DEF_NONLOCAL)) && st->cur != st->top &&
            n->u.AnnAssign.simple) {
            fe_fail_at(st->c, n, "annotated name '%s' can't be %s", id,
                       cur & FE_DEF_GLOBAL ? "global" : "nonlocal");
            return false;
        }
        if (n->u.AnnAssign.simple) {
            if (!add_def(st, id, FE_DEF_ANNOT | FE_DEF_LOCAL, target))
                return false;
        } else if (n->u.AnnAssign.value &&
                   !add_def(st, id, FE_DEF_LOCAL, target)) {
            return false;
        }
    } else if (visit(target, st)) {
        return false;
    }
    return visit_annotation(st, n->u.AnnAssign.annotation) &&
           visit_opt(st, n->u.AnnAssign.value);
}

static bool
visit_alias(struct fe_symtable *st, struct fe_node *n)
{
    const char *name = n->u.alias.asname ? n->u.alias.asname : n->u.alias.name;
    const char *dot = strchr(name, '.');

    if (dot)
        name = nac_arena_strndup(st->c->arena, name, (size_t)(dot - name));
    if (strcmp(name, "*") != 0)
        return add_def(st, name, FE_DEF_IMPORT, n);
    if (st->cur->kind != FE_SCOPE_MODULE) {
        fe_fail_at(st->c, n, "import * only allowed at module level");
        return false;
    }
    return true;
}

static bool
visit_name(struct fe_symtable *st, struct fe_node *n)
{
    bool load = n->u.Name.ctx == FE_Load;

    if (!add_def(st, n->u.Name.id, load ? FE_USE : FE_DEF_LOCAL, n))
        return false;
    if (load && st->cur->kind == FE_SCOPE_FUNCTION &&
        strcmp(n->u.Name.id, "super") == 0)
        return add_def(st, "__class__", FE_USE, n);
    return true;
}

static bool
visit_try(struct fe_symtable *st, struct fe_node *n)
{
    return visit_list(st, n->u.Try.body) && visit_list(st, n->u.Try.orelse) &&
           visit_list(st, n->u.Try.handlers) &&
           visit_list(st, n->u.Try.finalbody);
}

static bool
visit_scopes(struct fe_symtable *st, struct fe_node *n, bool *done)
{
    *done = true;
    switch (n->kind) {
    case FE_FunctionDef:
    case FE_AsyncFunctionDef:
        return visit_function(st, n);
    case FE_ClassDef:
        return visit_class(st, n);
    case FE_Lambda:
        return visit_lambda(st, n);
    case FE_ListComp:
        return visit_comprehension(st, n, FE_LIST_COMP, "<listcomp>");
    case FE_SetComp:
        return visit_comprehension(st, n, FE_SET_COMP, "<setcomp>");
    case FE_DictComp:
        return visit_comprehension(st, n, FE_DICT_COMP, "<dictcomp>");
    case FE_GeneratorExp:
        return visit_comprehension(st, n, FE_GENERATOR_COMP, "<genexpr>");
    case FE_Global:
    case FE_Nonlocal:
        return visit_global(st, n, n->kind == FE_Global);
    case FE_AnnAssign:
        return visit_ann_assign(st, n);
    default:
        *done = false;
        return true;
    }
}

static bool
visit_binders(struct fe_symtable *st, struct fe_node *n, bool *done)
{
    *done = true;
    switch (n->kind) {
    case FE_Name:
        return visit_name(st, n);
    case FE_NamedExpr:
        return visit_walrus(st, n);
    case FE_Yield:
    case FE_YieldFrom:
        return visit_yield(st, n);
    case FE_alias:
        return visit_alias(st, n);
    case FE_Await:
        if (!not_in_annotation(st, "'await expression'", n) ||
            visit(n->u.Await.value, st))
            return false;
        st->cur->coroutine = true;
        return true;
    case FE_ExceptHandler:
        if (!visit_opt(st, n->u.ExceptHandler.type))
            return false;
        if (n->u.ExceptHandler.name &&
            !add_def(st, n->u.ExceptHandler.name, FE_DEF_LOCAL, n))
            return false;
        return visit_list(st, n->u.ExceptHandler.body);
    case FE_MatchStar:
        return !n->u.MatchStar.name ||
               add_def(st, n->u.MatchStar.name, FE_DEF_LOCAL, n);
    case FE_MatchAs:
        return visit_opt(st, n->u.MatchAs.pattern) &&
               (!n->u.MatchAs.name ||
                add_def(st, n->u.MatchAs.name, FE_DEF_LOCAL, n));
    case FE_MatchMapping:
        return visit_list(st, n->u.MatchMapping.keys) &&
               visit_list(st, n->u.MatchMapping.patterns) &&
               (!n->u.MatchMapping.rest ||
                add_def(st, n->u.MatchMapping.rest, FE_DEF_LOCAL, n));
    case FE_Try:
    case FE_TryStar:
        return visit_try(st, n);
    default:
        *done = false;
        return true;
    }
}

static int
visit(struct fe_node *n, void *data)
{
    struct fe_symtable *st = data;
    bool done, ok;

    /* __debug__ is a constant, and constants have no names. */
    if (!fe_enter(st->c))
        return 1;
    ok = visit_scopes(st, n, &done);
    if (!done)
        ok = visit_binders(st, n, &done);
    if (!done) {
        if (n->kind == FE_Return && n->u.Return.value)
            st->cur->returns_value = true;
        ok = !fe_node_children(n, visit, st);
    }
    fe_leave(st->c);
    return !ok || st->c->failed;
}

bool
fe_symtable_visit(struct fe_symtable *st, struct fe_node *module)
{
    enter_block(st, "top", FE_SCOPE_MODULE, module);
    st->top = st->cur;
    if (fe_node_children(module, visit, st))
        return false;
    exit_block(st);
    return true;
}
