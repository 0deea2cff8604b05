/* SPDX-License-Identifier: MIT
 * frontend/emit_stmt.c: simple statements and if.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"

/* -- assignment ------------------------------------------------------------ */

/* Does storing to one of the first [n] targets change the register? */
static bool
stored_before(struct fe_compiler *c, struct fe_list targets, uint32_t n,
              int reg)
{
    for (uint32_t i = 0; i < n; i++)
        if (targets.items[i]->kind != FE_Name ||
            fe_local_reg(c, targets.items[i]->u.Name.id) == reg)
            return true;
    return false;
}

static bool
has_starred(struct fe_list l)
{
    for (uint32_t i = 0; i < l.len; i++)
        if (l.items[i]->kind == FE_Starred)
            return true;
    return false;
}

/* "a, b = b, a": no tuple is made. Values that an earlier target overwrites
 * are copied first. */
static bool
parallel_assign(struct fe_compiler *c, const struct fe_node *target,
                const struct fe_node *value)
{
    struct fe_list t, v;
    int src[4];

    if ((target->kind != FE_Tuple && target->kind != FE_List) ||
        value->kind != FE_Tuple)
        return false;
    t = target->u.Tuple.elts;
    v = value->u.Tuple.elts;
    if (t.len != v.len || t.len == 0 || t.len > 4 || has_starred(t) ||
        has_starred(v))
        return false;
    for (uint32_t i = 0; i < v.len; i++) {
        src[i] = fe_expr_before(c, v.items[i], value);
        if (src[i] >= 0 && !fe_is_temp(c, src[i]) &&
            stored_before(c, t, i, src[i])) {
            int copy = fe_temp(c);

            fe_move(c, copy, src[i]);
            src[i] = copy;
        }
    }
    for (uint32_t i = 0; i < t.len; i++)
        fe_store(c, t.items[i], src[i]);
    return true;
}

static void
assign(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_list targets = n->u.Assign.targets;
    const struct fe_node *t = targets.items[0];
    const struct fe_node *value = n->u.Assign.value;
    int reg = -1, v;

    if (targets.len == 1) {
        if (parallel_assign(c, t, value))
            return;
        if (t->kind == FE_Name && strcmp(t->u.Name.id, "__debug__") != 0)
            reg = fe_local_reg(c, t->u.Name.id);
        if (reg >= 0) {
            fe_expr_to(c, value, reg);
            return;
        }
        fe_store(c, t, fe_expr_before(c, value, t));
        return;
    }
    v = fe_expr(c, value);
    if (v >= 0 && !fe_is_temp(c, v)) {
        /* A target may change the local variable that is the value. */
        int copy = fe_temp(c);

        fe_move(c, copy, v);
        v = copy;
    }
    for (uint32_t i = 0; i < targets.len; i++)
        fe_store(c, targets.items[i], v);
}

static void
aug_name(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_node *t = n->u.AugAssign.target, *v = n->u.AugAssign.value;
    const char *id = t->u.Name.id;
    int op = fe_binary_op(n->u.AugAssign.op), reg = fe_local_reg(c, id);
    struct fe_node load = {.kind = FE_Name,
                           .lineno = t->lineno,
                           .col = t->col,
                           .end_lineno = t->end_lineno,
                           .end_col = t->end_col};
    int l, r;

    fe_set_pos(c, t);
    if (fe_forbidden(c, id, FE_Store))
        return;
    load.u.Name.id = id;
    load.u.Name.ctx = FE_Load;
    l = fe_expr_before(c, &load, v);
    fe_set_pos(c, n);
    r = fe_expr(c, v);
    if (reg >= 0) {
        fe_emit(c, op, 1, reg, l, r);
        return;
    }
    fe_emit(c, op, 1, l, l, r);
    fe_set_pos(c, t);
    fe_name_store(c, id, l);
}

static void
aug_assign(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_node *t = n->u.AugAssign.target, *v = n->u.AugAssign.value;
    int op = fe_binary_op(n->u.AugAssign.op);
    struct fe_position at;
    int o, s = 0, r;

    if (t->kind == FE_Name) {
        aug_name(c, n);
        return;
    }
    fe_set_pos(c, t);
    if (t->kind == FE_Attribute) {
        o = fe_expr_before(c, t->u.Attribute.value, v);
        r = fe_temp(c);
        fe_match_attr_pos(c, t);
        fe_emit(c, FE_LOAD_ATTR, 0, r, o, fe_name(c, t->u.Attribute.attr));
    } else {
        o = fe_expr_before(c, t->u.Subscript.value, n);
        s = fe_expr_before(c, t->u.Subscript.slice, v);
        r = fe_temp(c);
        fe_emit(c, FE_GETITEM, 0, r, o, s);
    }
    at = c->u->pos;
    fe_set_pos(c, n);
    fe_emit(c, op, 1, r, r, fe_expr(c, v));
    c->u->pos = at;
    if (t->kind == FE_Attribute) {
        fe_emit(c, FE_STORE_ATTR, 0, o, r, fe_name(c, t->u.Attribute.attr));
    } else {
        fe_emit(c, FE_SETITEM, 0, o, s, r);
    }
}

/* The parts of an annotated target, which has no value, are evaluated for
 * their effects, with some exceptions. */
static void
discard(struct fe_compiler *c, const struct fe_node *n)
{
    int mark = c->u->top;

    fe_expr_to(c, n, fe_temp(c));
    c->u->top = mark;
}

static void
annotation_parts(struct fe_compiler *c, const struct fe_node *s)
{
    if (s->kind == FE_Slice) {
        if (s->u.Slice.lower)
            discard(c, s->u.Slice.lower);
        if (s->u.Slice.upper)
            discard(c, s->u.Slice.upper);
        if (s->u.Slice.step)
            discard(c, s->u.Slice.step);
    } else if (s->kind == FE_Tuple) {
        for (uint32_t i = 0; i < s->u.Tuple.elts.len; i++)
            annotation_parts(c, s->u.Tuple.elts.items[i]);
    } else {
        discard(c, s);
    }
}

static int
annotation_value(struct fe_compiler *c, const struct fe_node *n)
{
    struct nac_buf b = {0};
    int v;

    if (!c->future_annotations)
        return fe_expr(c, n);
    fe_unparse(&b, n);
    v = fe_str(c, nac_arena_strndup(c->arena, b.data, b.len));
    nac_buf_free(&b);
    return v;
}

static void
ann_assign(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_node *t = n->u.AnnAssign.target;
    const struct fe_node *ann = n->u.AnnAssign.annotation;
    bool wanted = c->u->scope->kind != FE_SCOPE_FUNCTION;
    int reg = -1, d, v;

    if (n->u.AnnAssign.value) {
        if (t->kind == FE_Name && strcmp(t->u.Name.id, "__debug__") != 0)
            reg = fe_local_reg(c, t->u.Name.id);
        if (reg >= 0)
            fe_expr_to(c, n->u.AnnAssign.value, reg);
        else
            fe_store(c, t, fe_expr_before(c, n->u.AnnAssign.value, t));
    }
    if (t->kind == FE_Name) {
        if (fe_forbidden(c, t->u.Name.id, FE_Store))
            return;
        if (n->u.AnnAssign.simple && wanted) {
            v = annotation_value(c, ann);
            d = fe_temp(c);
            fe_emit(c,
                    c->flags & FE_COMPILE_NAMES ||
                            c->u->scope->kind == FE_SCOPE_CLASS
                        ? FE_LOAD_NAME
                        : FE_LOAD_GLOBAL,
                    0, d, 0, fe_name(c, "__annotations__"));
            fe_emit(c, FE_SETITEM, 0, d,
                    fe_str(c, fe_mangle(c->arena, c->u->private_name,
                                        t->u.Name.id)),
                    v);
            return;
        }
    } else if (t->kind == FE_Attribute) {
        if (fe_forbidden(c, t->u.Attribute.attr, FE_Store))
            return;
        if (!n->u.AnnAssign.value)
            discard(c, t->u.Attribute.value);
    } else if (!n->u.AnnAssign.value) {
        discard(c, t->u.Subscript.value);
        annotation_parts(c, t->u.Subscript.slice);
    }
    if (!n->u.AnnAssign.simple && wanted && !c->future_annotations)
        discard(c, ann);
}

static bool
annotated_handlers(struct fe_list handlers)
{
    for (uint32_t i = 0; i < handlers.len; i++)
        if (fe_has_annotations(handlers.items[i]->u.ExceptHandler.body))
            return true;
    return false;
}

/* Is there an annotated variable in this body, not counting those in other
 * scopes? */
bool
fe_has_annotations(struct fe_list body)
{
    bool found = false;

    for (uint32_t i = 0; i < body.len && !found; i++) {
        const struct fe_node *n = body.items[i];

        switch (n->kind) {
        case FE_AnnAssign:
            return true;
        case FE_For:
        case FE_AsyncFor:
            found = fe_has_annotations(n->u.For.body) ||
                    fe_has_annotations(n->u.For.orelse);
            break;
        case FE_While:
            found = fe_has_annotations(n->u.While.body) ||
                    fe_has_annotations(n->u.While.orelse);
            break;
        case FE_If:
            found = fe_has_annotations(n->u.If.body) ||
                    fe_has_annotations(n->u.If.orelse);
            break;
        case FE_With:
        case FE_AsyncWith:
            found = fe_has_annotations(n->u.With.body);
            break;
        case FE_Match:
            for (uint32_t j = 0; j < n->u.Match.cases.len && !found; j++)
                found = fe_has_annotations(
                    n->u.Match.cases.items[j]->u.match_case.body);
            break;
        case FE_Try:
        case FE_TryStar:
            found = fe_has_annotations(n->u.Try.body) ||
                    fe_has_annotations(n->u.Try.orelse) ||
                    fe_has_annotations(n->u.Try.finalbody) ||
                    annotated_handlers(n->u.Try.handlers);
            break;
        default:
            break;
        }
    }
    return found;
}

static void delete (struct fe_compiler *c, const struct fe_node *t)
{
    struct fe_position saved = c->u->pos;
    int mark = c->u->top, v, s;

    if (!fe_enter(c))
        return;
    fe_set_pos(c, t);
    switch (t->kind) {
    case FE_Name:
        fe_name_delete(c, t->u.Name.id);
        break;
    case FE_Attribute:
        v = fe_expr(c, t->u.Attribute.value);
        fe_match_attr_pos(c, t);
        fe_emit(c, FE_DEL_ATTR, 0, v, 0, fe_name(c, t->u.Attribute.attr));
        break;
    case FE_Subscript:
        v = fe_expr_before(c, t->u.Subscript.value, t->u.Subscript.slice);
        s = fe_expr(c, t->u.Subscript.slice);
        fe_emit(c, FE_DELITEM, 0, v, s, 0);
        break;
    case FE_List:
    case FE_Tuple:
        for (uint32_t i = 0; i < t->u.Tuple.elts.len; i++)
            delete (c, t->u.Tuple.elts.items[i]);
        break;
    default:
        fe_fail(c, "cannot delete this expression");
        break;
    }
    c->u->top = mark;
    c->u->pos = saved;
    fe_leave(c);
}

/* -- imports --------------------------------------------------------------- */

static void
import_as(struct fe_compiler *c, const struct fe_node *alias)
{
    const char *name = alias->u.alias.name, *dot = strchr(name, '.');
    int m = fe_temp(c);

    fe_emit(c, FE_IMPORT_NAME, 0, m, fe_none(c), fe_name(c, name));
    if (!alias->u.alias.asname) {
        fe_name_store(
            c,
            dot ? nac_arena_strndup(c->arena, name, (size_t)(dot - name))
                : name,
            m);
        return;
    }
    while (dot) {
        const char *part = dot + 1;

        dot = strchr(part, '.');
        if (dot)
            part = nac_arena_strndup(c->arena, part, (size_t)(dot - part));
        fe_emit(c, FE_IMPORT_FROM, 0, m, m, fe_name(c, part));
    }
    fe_name_store(c, alias->u.alias.asname, m);
}

static void
import(struct fe_compiler *c, const struct fe_node *n)
{
    int mark = c->u->top;

    for (uint32_t i = 0; i < n->u.Import.names.len; i++) {
        import_as(c, n->u.Import.names.items[i]);
        c->u->top = mark;
    }
}

static void
import_from(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_list names = n->u.ImportFrom.names;
    const char *module = n->u.ImportFrom.module;
    struct fe_constant list = {.kind = FE_CONST_TUPLE, .len = names.len};
    struct fe_constant *items =
        NAC_NEW_ARRAY(c->arena, struct fe_constant, names.len);
    int m, v;

    for (uint32_t i = 0; i < names.len; i++) {
        items[i].kind = FE_CONST_NAME;
        items[i].text = names.items[i]->u.alias.name;
        items[i].len = (uint32_t)strlen(items[i].text);
    }
    list.items = items;
    if (module && strcmp(module, "__future__") == 0 &&
        n->u.ImportFrom.level == 0 && n->lineno > c->future_line) {
        fe_fail(c, "from __future__ imports must occur at the beginning of "
                   "the file");
        return;
    }
    if (n->u.ImportFrom.level > 255) {
        fe_fail(c, "too many dots in a relative import");
        return;
    }
    m = fe_temp(c);
    v = fe_temp(c);
    fe_emit(c, FE_IMPORT_NAME, n->u.ImportFrom.level, m, fe_k(c, &list),
            fe_name(c, module ? module : ""));
    for (uint32_t i = 0; i < names.len; i++) {
        const struct fe_node *a = names.items[i];

        if (i == 0 && strcmp(a->u.alias.name, "*") == 0) {
            fe_emit(c, FE_IMPORT_STAR, 0, m, 0, 0);
            return;
        }
        fe_emit(c, FE_IMPORT_FROM, 0, v, m, fe_name(c, a->u.alias.name));
        fe_name_store(
            c, a->u.alias.asname ? a->u.alias.asname : a->u.alias.name, v);
    }
}

/* -- other simple statements ----------------------------------------------- */

static void
assert_stmt(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_node *test = n->u.Assert.test;
    const struct fe_constant *k = fe_const_of(c, test);
    int end, t;

    if ((test->kind == FE_Tuple && test->u.Tuple.elts.len > 0) ||
        (k && k->kind == FE_CONST_TUPLE && k->len > 0))
        fe_caution(c, "assertion is always true, perhaps remove parentheses?");
    if (c->flags & FE_COMPILE_NO_ASSERT)
        return;
    end = fe_label(c);
    fe_jump_if(c, test, end, true);
    t = fe_temp(c);
    fe_emit(c, FE_LOAD_ASSERTION_ERROR, 0, t, 0, 0);
    if (n->u.Assert.msg) {
        fe_temps(c, FE_ARGS - 1);
        fe_expr_to(c, n->u.Assert.msg, fe_temp(c));
        fe_emit(c, FE_CALL, 0, t, 1, 0);
    }
    fe_emit(c, FE_RAISE, 1, t, 0, 0);
    fe_place(c, end);
}

static void
raise_stmt(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_node *exc = n->u.Raise.exc, *cause = n->u.Raise.cause;
    int e, from;

    if (!exc) {
        fe_emit(c, FE_RAISE, 0, 0, 0, 0);
    } else if (!cause) {
        e = fe_expr(c, exc);
        fe_emit(c, FE_RAISE, 1, e, 0, 0);
    } else {
        e = fe_expr_before(c, exc, cause);
        from = fe_expr(c, cause);
        fe_emit(c, FE_RAISE, 2, e, from, 0);
    }
}

static void
expr_stmt(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_node *v = n->u.Expr.value;

    if (c->mode == FE_SINGLE && !c->u->parent) {
        fe_emit(c, FE_PRINT_EXPR, 0, fe_expr(c, v), 0, 0);
        return;
    }
    if (v->kind == FE_Constant)
        return;
    fe_expr(c, v);
}

static void
if_stmt(struct fe_compiler *c, const struct fe_node *n)
{
    int end = fe_label(c);
    int next = n->u.If.orelse.len ? fe_label(c) : end;

    fe_jump_if(c, n->u.If.test, next, false);
    fe_stmts(c, n->u.If.body);
    if (n->u.If.orelse.len) {
        fe_jump(c, FE_JUMP, 0, 0, 0, end);
        fe_place(c, next);
        fe_stmts(c, n->u.If.orelse);
    }
    fe_place(c, end);
}

static void
compound(struct fe_compiler *c, const struct fe_node *n)
{
    switch (n->kind) {
    case FE_FunctionDef:
    case FE_AsyncFunctionDef:
        fe_function(c, n);
        break;
    case FE_ClassDef:
        fe_class(c, n);
        break;
    case FE_If:
        if_stmt(c, n);
        break;
    case FE_For:
        fe_for(c, n);
        break;
    case FE_AsyncFor:
        fe_async_for(c, n);
        break;
    case FE_While:
        fe_while(c, n);
        break;
    case FE_Try:
        fe_try(c, n);
        break;
    case FE_TryStar:
        fe_try_star(c, n);
        break;
    case FE_With:
    case FE_AsyncWith:
        fe_with(c, n, 0);
        break;
    case FE_Match:
        fe_match(c, n);
        break;
    default: /* Global, Nonlocal, Pass: nothing is left to do */
        break;
    }
}

static void
simple(struct fe_compiler *c, const struct fe_node *n)
{
    switch (n->kind) {
    case FE_Expr:
        expr_stmt(c, n);
        break;
    case FE_Assign:
        assign(c, n);
        break;
    case FE_AugAssign:
        aug_assign(c, n);
        break;
    case FE_AnnAssign:
        ann_assign(c, n);
        break;
    case FE_Delete:
        for (uint32_t i = 0; i < n->u.Delete.targets.len; i++)
            delete (c, n->u.Delete.targets.items[i]);
        break;
    case FE_Return:
        fe_return(c, n);
        break;
    case FE_Break:
        fe_break(c);
        break;
    case FE_Continue:
        fe_continue(c);
        break;
    case FE_Raise:
        raise_stmt(c, n);
        break;
    case FE_Assert:
        assert_stmt(c, n);
        break;
    case FE_Import:
        import(c, n);
        break;
    case FE_ImportFrom:
        import_from(c, n);
        break;
    default:
        compound(c, n);
        break;
    }
}

void
fe_stmt(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_position saved = c->u->pos;
    int mark = c->u->top;

    if (!fe_enter(c))
        return;
    fe_set_pos(c, n);
    simple(c, n);
    if (c->failed)
        return;
    c->u->top = mark;
    c->u->pos = saved;
    fe_leave(c);
}

void
fe_stmts(struct fe_compiler *c, struct fe_list body)
{
    for (uint32_t i = 0; i < body.len && !c->failed; i++)
        fe_stmt(c, body.items[i]);
}
