/* SPDX-License-Identifier: MIT
 * frontend/emit_comp.c: comprehensions (functions of their own that take the
 * outermost iterator), yield, yield from, await.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"

/* -- waiting --------------------------------------------------------------- */

/* SEND skips the JUMP as long as there is something to yield. The runtime
 * relies on the order of the four instructions: YIELD with x = 1 stands right
 * after the JUMP, and that after the SEND. */
static void
send_loop(struct fe_compiler *c, int it, int dst)
{
    int head = fe_label(c), out = fe_label(c);
    int v = fe_temp(c);

    fe_move(c, v, fe_none(c));
    fe_place(c, head);
    fe_emit(c, FE_SEND, 0, v, it, v);
    fe_jump(c, FE_JUMP, 0, 0, 0, out);
    fe_emit(c, FE_YIELD, 1, v, v, c->u->top);
    fe_jump(c, FE_LOOP, 0, 0, 0, head);
    fe_place(c, out);
    fe_move(c, dst, v);
}

void
fe_await_loop(struct fe_compiler *c, int it, int dst)
{
    int mark = c->u->top;

    send_loop(c, it, dst);
    c->u->top = mark;
}

void
fe_await_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    struct fe_scope *s = c->u->scope;
    int it, v;

    if (!(c->flags & FE_COMPILE_TOP_LEVEL_AWAIT) ||
        s->kind != FE_SCOPE_MODULE) {
        if (s->kind != FE_SCOPE_FUNCTION) {
            fe_fail(c, "'await' outside function");
            return;
        }
        if (s->node->kind != FE_AsyncFunctionDef && !s->comprehension) {
            fe_fail(c, "'await' outside async function");
            return;
        }
    }
    it = fe_temp(c);
    v = fe_expr(c, n->u.Await.value);
    fe_emit(c, FE_GET_AWAITABLE, 0, it, v, 0);
    fe_await_loop(c, it, dst);
}

void
fe_yield_from_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    struct fe_scope *s = c->u->scope;
    int it;

    if (s->kind != FE_SCOPE_FUNCTION) {
        fe_fail(c, "'yield' outside function");
        return;
    }
    if (s->node->kind == FE_AsyncFunctionDef) {
        fe_fail(c, "'yield from' inside async function");
        return;
    }
    it = fe_temp(c);
    fe_emit(c, FE_GET_YIELD_FROM, 0, it, fe_expr(c, n->u.YieldFrom.value), 0);
    fe_await_loop(c, it, dst);
}

/* Yields the operand; what is sent in goes to [dst]. */
static void
yield_value(struct fe_compiler *c, int v, int dst)
{
    struct fe_scope *s = c->u->scope;
    int t;

    if (s->generator && s->coroutine) {
        t = fe_temp(c);
        fe_emit(c, FE_ASYNC_WRAP, 0, t, v, 0);
        v = t;
    }
    fe_emit(c, FE_YIELD, 0, dst, v, c->u->top);
}

void
fe_yield_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    if (c->u->scope->kind != FE_SCOPE_FUNCTION) {
        fe_fail(c, "'yield' outside function");
        return;
    }
    yield_value(c, n->u.Yield.value ? fe_expr(c, n->u.Yield.value) : fe_none(c),
                dst);
}

/* -- comprehensions -------------------------------------------------------- */

static struct fe_list
generators_of(const struct fe_node *n)
{
    return n->kind == FE_DictComp ? n->u.DictComp.generators
                                  : n->u.ListComp.generators;
}

static void comp_level(struct fe_compiler *c, const struct fe_node *n,
                       uint32_t level, int acc);

/* One more item of the result. */
static void
comp_item(struct fe_compiler *c, const struct fe_node *n, int acc)
{
    const struct fe_node *elt = n->u.ListComp.elt;
    int mark = c->u->top, k, v;

    switch (n->kind) {
    case FE_GeneratorExp:
        v = fe_expr(c, elt);
        yield_value(c, v, fe_temp(c));
        break;
    case FE_ListComp:
        v = fe_expr(c, elt);
        fe_emit(c, FE_LIST_APPEND, 0, acc, v, 0);
        break;
    case FE_SetComp:
        v = fe_expr(c, elt);
        fe_emit(c, FE_SET_ADD, 0, acc, v, 0);
        break;
    default:
        k = fe_expr_before(c, n->u.DictComp.key, n->u.DictComp.value);
        v = fe_expr(c, n->u.DictComp.value);
        fe_emit(c, FE_MAP_ADD, 0, acc, k, v);
        break;
    }
    c->u->top = mark;
}

static void
comp_rest(struct fe_compiler *c, const struct fe_node *n, uint32_t level,
          int acc, int next)
{
    const struct fe_node *g = generators_of(n).items[level];
    struct fe_list ifs = g->u.comprehension.ifs;

    for (uint32_t i = 0; i < ifs.len; i++)
        fe_jump_if(c, ifs.items[i], next, false);
    if (level + 1 < generators_of(n).len)
        comp_level(c, n, level + 1, acc);
    else
        comp_item(c, n, acc);
}

static void
comp_sync_level(struct fe_compiler *c, const struct fe_node *n, uint32_t level,
                int acc)
{
    const struct fe_node *g = generators_of(n).items[level];
    const struct fe_node *iter = g->u.comprehension.iter;
    int head = fe_label(c), next = fe_label(c), end = fe_label(c), it;

    /* "for x in [y]" is an assignment. */
    if (level > 0 && (iter->kind == FE_List || iter->kind == FE_Tuple) &&
        iter->u.List.elts.len == 1 &&
        iter->u.List.elts.items[0]->kind != FE_Starred) {
        it = fe_temp(c);
        fe_expr_to(c, iter->u.List.elts.items[0], it);
        fe_store(c, g->u.comprehension.target, it);
        comp_rest(c, n, level, acc, next);
        fe_place(c, next);
        return;
    }
    it = fe_temps(c, 3);
    if (level == 0) {
        fe_emit(c, FE_GET_ITER, 1, it, 0, 0);
    } else {
        fe_emit(c, FE_GET_ITER, 0, it, fe_expr(c, iter), 0);
        c->u->top = it + 3;
    }
    fe_place(c, head);
    fe_jump(c, FE_FOR_ITER, 0, it, 0, end);
    fe_jump(c, FE_FOR_TEST, 0, it, 0, end);
    fe_store(c, g->u.comprehension.target, it + 2);
    comp_rest(c, n, level, acc, next);
    fe_place(c, next);
    fe_jump(c, FE_LOOP, 0, 0, 0, head);
    fe_place(c, end);
}

static void
comp_async_level(struct fe_compiler *c, const struct fe_node *n, uint32_t level,
                 int acc)
{
    const struct fe_node *g = generators_of(n).items[level];
    int head = fe_label(c), next = fe_label(c), stop = fe_label(c);
    int it = fe_temp(c), item, eh = c->u->eh, aw;

    if (level == 0)
        fe_move(c, it, 0);
    else
        fe_emit(c, FE_GET_AITER, 0, it, fe_expr(c, g->u.comprehension.iter), 0);
    c->u->top = it + 1;
    item = fe_temp(c);
    fe_place(c, head);
    fe_push_block(c, FE_BLOCK_ASYNC_COMP, n);
    c->u->eh = fe_handler(c, stop, item);
    aw = fe_temp(c);
    fe_emit(c, FE_GET_ANEXT, 0, aw, it, 0);
    fe_await_loop(c, aw, item);
    c->u->eh = eh;
    c->u->top = item + 1;
    fe_store(c, g->u.comprehension.target, item);
    fe_pop_block(c);
    comp_rest(c, n, level, acc, next);
    fe_place(c, next);
    fe_jump(c, FE_LOOP, 0, 0, 0, head);
    fe_place(c, stop);
    fe_emit(c, FE_END_ASYNC_FOR, 0, item, 0, 0);
}

static void
comp_level(struct fe_compiler *c, const struct fe_node *n, uint32_t level,
           int acc)
{
    const struct fe_node *g = generators_of(n).items[level];
    int mark = c->u->top;

    if (!fe_enter(c))
        return;
    if (g->u.comprehension.is_async)
        comp_async_level(c, n, level, acc);
    else
        comp_sync_level(c, n, level, acc);
    c->u->top = mark;
    fe_leave(c);
}

static void
comp_body(struct fe_compiler *c, const struct fe_node *n)
{
    int acc = -1;

    c->u->argcount = 1;
    fe_set_pos(c, n);
    if (n->kind != FE_GeneratorExp) {
        acc = fe_temp(c);
        fe_emit(c,
                n->kind == FE_ListComp  ? FE_BUILD_LIST
                : n->kind == FE_SetComp ? FE_BUILD_SET
                                        : FE_BUILD_MAP,
                0, acc, acc, 0);
    }
    comp_level(c, n, 0, acc);
    fe_emit(c, FE_RETURN, 0, acc >= 0 ? acc : fe_none(c), 0, 0);
}

/* May the comprehension await something where it stands? */
static bool
async_allowed(struct fe_compiler *c)
{
    struct fe_scope *s = c->u->scope;

    if (s->kind == FE_SCOPE_FUNCTION &&
        (s->node->kind == FE_AsyncFunctionDef || s->comprehension))
        return true;
    return s->kind == FE_SCOPE_MODULE &&
           (c->flags & FE_COMPILE_TOP_LEVEL_AWAIT);
}

void
fe_comprehension_to(struct fe_compiler *c, const struct fe_node *n, int dst)
{
    static const char *const names[] = {
        [FE_LIST_COMP] = "<listcomp>",
        [FE_SET_COMP] = "<setcomp>",
        [FE_DICT_COMP] = "<dictcomp>",
        [FE_GENERATOR_COMP] = "<genexpr>",
    };
    const struct fe_node *g = generators_of(n).items[0];
    struct fe_scope *s = fe_symtable_scope(&c->st, n);
    bool on_top = fe_is_temp(c, dst) && dst == c->u->top - 1;
    bool allowed = async_allowed(c);
    int w = on_top ? dst : fe_temp(c), arg;
    struct fe_code *code;

    fe_unit_begin(c, s, names[s->comprehension], n->lineno);
    if (s->coroutine && !allowed && n->kind != FE_GeneratorExp) {
        c->u->pos = c->u->parent->pos;
        fe_fail(c, "asynchronous comprehension outside of an asynchronous "
                   "function");
    } else {
        comp_body(c, n);
    }
    code = fe_unit_end(c);
    if (!code)
        return;
    fe_make_function(c, code, 0, c->u->top, w);
    fe_temps(c, FE_ARGS - 1);
    arg = fe_temps(c, 3);
    if (g->u.comprehension.is_async)
        fe_emit(c, FE_GET_AITER, 0, arg, fe_expr(c, g->u.comprehension.iter),
                0);
    else
        fe_emit(c, FE_GET_ITER, 0, arg, fe_expr(c, g->u.comprehension.iter), 0);
    fe_emit(c, FE_CALL, 0, w, 1, 0);
    if (s->coroutine && n->kind != FE_GeneratorExp) {
        c->u->top = w + 1;
        fe_emit(c, FE_GET_AWAITABLE, 0, w, w, 0);
        fe_await_loop(c, w, dst);
    } else {
        fe_move(c, dst, w);
    }
}
