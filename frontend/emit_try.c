/* SPDX-License-Identifier: MIT
 * frontend/emit_try.c: try, except, except*, finally, with.
 *
 * A handler finds the exception in its register. It makes it the handled one
 * by PUSH_EXC, which keeps the one before in a temporary; from then on a
 * second handler (the label "cleanup" below) sees to it that an exception in
 * the handler puts that back before it goes on outwards. The registers of a
 * handler begin where the temporaries of the protected block begin: those are
 * dead when it runs.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"
#include "frontend/emit_try.h"

void
fe_forget_name(struct fe_compiler *c, const char *name)
{
    fe_name_store(c, name, fe_none(c));
    fe_name_delete(c, name);
}

/* What a handler works with. */
struct catch
{
    int exc, saved;        /* registers */
    int cleanup, clean_eh; /* label and number of the second handler */
    int clean_exc;
    int outer_eh;
};

static struct catch begin_catch(struct fe_compiler *c, int label)
{
    struct catch k;

    fe_place(c, label);
    k.outer_eh = c->u->eh;
    k.exc = fe_temp(c);
    k.saved = fe_temp(c);
    k.clean_exc = fe_temp(c);
    fe_emit(c, FE_PUSH_EXC, 0, k.saved, k.exc, 0);
    k.cleanup = fe_label(c);
    k.clean_eh = fe_handler(c, k.cleanup, k.clean_exc);
    c->u->eh = k.clean_eh;
    return k;
}

static void
end_catch(struct fe_compiler *c, const struct catch *k)
{
    c->u->eh = k->outer_eh;
    fe_place(c, k->cleanup);
    fe_emit(c, FE_POP_EXC, 0, k->saved, 0, 0);
    fe_emit(c, FE_RERAISE, 0, k->clean_exc, 0, 0);
}

/* -- except ---------------------------------------------------------------- */

/* An except clause, once the exception is known to match. */
static void
clause(struct fe_compiler *c, const struct fe_node *h, const struct catch *k,
       int end)
{
    const char *name = h->u.ExceptHandler.name;
    struct fe_block *b;
    int broken = -1, exc = -1;

    if (name)
        fe_name_store(c, name, k->exc);
    b = fe_push_block(c, FE_BLOCK_HANDLER, h);
    b->outer_eh = k->outer_eh;
    b->reg = k->saved;
    b->name = name;
    if (name) {
        broken = fe_label(c);
        exc = fe_temp(c);
        c->u->eh = fe_handler(c, broken, exc);
    }
    fe_stmts(c, h->u.ExceptHandler.body);
    fe_pop_block(c);
    c->u->eh = k->outer_eh;
    fe_emit(c, FE_POP_EXC, 0, k->saved, 0, 0);
    if (name)
        fe_forget_name(c, name);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    c->u->eh = k->clean_eh;
    if (name) {
        fe_place(c, broken);
        fe_forget_name(c, name);
        fe_emit(c, FE_RERAISE, 0, exc, 0, 0);
    }
}

static void
clauses(struct fe_compiler *c, struct fe_list handlers, const struct catch *k,
        int end)
{
    int mark = c->u->top;

    for (uint32_t i = 0; i < handlers.len; i++) {
        const struct fe_node *h = handlers.items[i];
        int next = fe_label(c), m;

        fe_set_pos(c, h);
        if (!h->u.ExceptHandler.type && i + 1 < handlers.len) {
            fe_fail(c, "default 'except:' must be last");
            return;
        }
        if (h->u.ExceptHandler.type) {
            m = fe_temp(c);
            fe_emit(c, FE_EXC_MATCH, 0, m, k->exc,
                    fe_expr(c, h->u.ExceptHandler.type));
            fe_jump(c, FE_JUMP_IF, 0, m, 0, next);
            c->u->top = mark;
        }
        clause(c, h, k, end);
        fe_place(c, next);
        c->u->top = mark;
    }
}

/* The body under a handler, then the else clause without it. */
static void
protected_body(struct fe_compiler *c, const struct fe_node *n, int handler)
{
    fe_push_block(c, FE_BLOCK_TRY, n);
    c->u->eh = fe_handler(c, handler, c->u->top);
    fe_stmts(c, n->u.Try.body);
    c->u->eh = c->u->blocks[c->u->nblocks - 1].outer_eh;
    fe_pop_block(c);
    fe_stmts(c, n->u.Try.orelse);
}

static void
try_except(struct fe_compiler *c, const struct fe_node *n)
{
    int handler = fe_label(c), end = fe_label(c), mark = c->u->top;
    struct catch k;

    protected_body(c, n, handler);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    k = begin_catch(c, handler);
    clauses(c, n->u.Try.handlers, &k, end);
    fe_emit(c, FE_RERAISE, 0, k.exc, 0, 0);
    end_catch(c, &k);
    fe_place(c, end);
    c->u->top = mark;
}

/* -- except* --------------------------------------------------------------- */

/* One clause: R[m] is set to the part of the group that matches, R[m+1] to the
 * rest; what the clause raises is put on the list R[res]. */
static void
group_clause(struct fe_compiler *c, const struct fe_node *h, int m, int res)
{
    const char *name = h->u.ExceptHandler.name;
    int next = fe_label(c), broken = fe_label(c), eh = c->u->eh;
    int mark = c->u->top, exc;

    fe_set_pos(c, h);
    fe_emit(c, FE_EXC_GROUP_MATCH, 0, m, m + 1,
            fe_expr(c, h->u.ExceptHandler.type));
    c->u->top = mark;
    fe_jump(c, FE_JUMP_IF_NONE, 1, m, 0, next);
    fe_emit(c, FE_POP_EXC, 0, m, 0, 0);
    if (name)
        fe_name_store(c, name, m);
    exc = fe_temp(c);
    fe_push_block(c, FE_BLOCK_GROUP_HANDLER, h);
    c->u->eh = fe_handler(c, broken, exc);
    fe_stmts(c, h->u.ExceptHandler.body);
    fe_pop_block(c);
    c->u->eh = eh;
    if (name)
        fe_forget_name(c, name);
    fe_jump(c, FE_JUMP, 0, 0, 0, next);
    fe_place(c, broken);
    if (name)
        fe_forget_name(c, name);
    fe_emit(c, FE_LIST_APPEND, 0, res, exc, 0);
    fe_place(c, next);
    c->u->top = mark;
}

static void
try_except_star(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_list handlers = n->u.TryStar.handlers;
    int handler = fe_label(c), end = fe_label(c), again = fe_label(c);
    int mark = c->u->top, m, res, t;
    struct catch k;

    protected_body(c, n, handler);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    k = begin_catch(c, handler);
    m = fe_temps(c, 2);
    res = fe_temp(c);
    t = fe_temp(c);
    fe_emit(c, FE_BUILD_LIST, 0, res, res, 0);
    fe_move(c, m + 1, k.exc);
    for (uint32_t i = 0; i < handlers.len; i++)
        group_clause(c, handlers.items[i], m, res);
    fe_emit(c, FE_LIST_APPEND, 0, res, m + 1, 0);
    fe_emit(c, FE_EXC_GROUP_END, 0, t, k.exc, res);
    c->u->eh = k.outer_eh;
    fe_emit(c, FE_POP_EXC, 0, k.saved, 0, 0);
    fe_jump(c, FE_JUMP_IF_NONE, 0, t, 0, again);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    fe_place(c, again);
    fe_emit(c, FE_RERAISE, 0, t, 0, 0);
    end_catch(c, &k);
    fe_place(c, end);
    c->u->top = mark;
}

/* -- finally --------------------------------------------------------------- */

static void
try_finally(struct fe_compiler *c, const struct fe_node *n)
{
    int handler = fe_label(c), end = fe_label(c), mark = c->u->top;
    struct fe_block *b;
    struct catch k;

    b = fe_push_block(c, FE_BLOCK_FINALLY, n);
    c->u->eh = fe_handler(c, handler, mark);
    if (n->u.Try.handlers.len == 0)
        fe_stmts(c, n->u.Try.body);
    else if (n->kind == FE_TryStar)
        try_except_star(c, n);
    else
        try_except(c, n);
    c->u->eh = b->outer_eh;
    fe_pop_block(c);
    fe_stmts(c, n->u.Try.finalbody);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    k = begin_catch(c, handler);
    b = fe_push_block(c, FE_BLOCK_FINALLY_END, n);
    b->outer_eh = k.outer_eh;
    b->reg = k.saved;
    fe_stmts(c, n->u.Try.finalbody);
    fe_pop_block(c);
    fe_emit(c, FE_RERAISE, 0, k.exc, 0, 0);
    end_catch(c, &k);
    fe_place(c, end);
    c->u->top = mark;
}

void
fe_try(struct fe_compiler *c, const struct fe_node *n)
{
    if (n->u.Try.finalbody.len)
        try_finally(c, n);
    else
        try_except(c, n);
}

void
fe_try_star(struct fe_compiler *c, const struct fe_node *n)
{
    if (n->u.TryStar.finalbody.len)
        try_finally(c, n);
    else
        try_except_star(c, n);
}

/* -- with ------------------------------------------------------------------ */

enum { WINDOW = FE_ARGS + 1 }; /* of a method call without arguments */

/* The window of a call must lie above every live register. */
static int
exit_window(struct fe_compiler *c, int w)
{
    int copy;

    if (c->u->top == w + WINDOW)
        return w;
    copy = fe_temps(c, WINDOW);
    fe_move(c, copy, w);
    fe_move(c, copy + FE_ARGS, w + FE_ARGS);
    return copy;
}

static void
call_exit(struct fe_compiler *c, int w, bool is_async)
{
    fe_emit(c, FE_CALL_METHOD, 0, w, 3, 0);
    if (is_async) {
        c->u->top = w + 1;
        fe_emit(c, FE_GET_AWAITABLE, 2, w, w, 0);
        fe_await_loop(c, w, w);
    }
}

void
fe_exit_normally(struct fe_compiler *c, int w, bool is_async)
{
    int mark = c->u->top, call = exit_window(c, w);

    for (int i = 0; i < 3; i++)
        fe_move(c, fe_temp(c), fe_none(c));
    call_exit(c, call, is_async);
    c->u->top = mark;
}

static void
exit_on_error(struct fe_compiler *c, const struct fe_node *n, int w, int label,
              int end)
{
    bool is_async = n->kind == FE_AsyncWith;
    int quiet = fe_label(c), call;
    struct catch k = begin_catch(c, label);

    call = exit_window(c, w);
    fe_emit(c, FE_EXC_INFO, 0, fe_temps(c, 3), k.exc, 0);
    call_exit(c, call, is_async);
    fe_jump(c, FE_JUMP_IF, 1, call, 0, quiet);
    fe_emit(c, FE_RERAISE, 0, k.exc, 0, 0);
    end_catch(c, &k);
    fe_place(c, quiet);
    fe_emit(c, FE_POP_EXC, 0, k.saved, 0, 0);
    fe_place(c, end);
}

/* Calls __enter__, with __exit__ ready in its window R[w]. */
static int
enter_context(struct fe_compiler *c, const struct fe_node *n,
              const struct fe_node *item, int w)
{
    bool is_async = n->kind == FE_AsyncWith;
    int v = fe_expr(c, item->u.withitem.context_expr);
    int e = fe_temps(c, WINDOW);

    fe_emit(c, FE_LOAD_SPECIAL, is_async, e, v,
            fe_name(c, is_async ? "__aenter__" : "__enter__"));
    fe_emit(c, FE_LOAD_SPECIAL, is_async, w, v,
            fe_name(c, is_async ? "__aexit__" : "__exit__"));
    fe_emit(c, FE_CALL_METHOD, 0, e, 0, 0);
    if (is_async) {
        c->u->top = e + 1;
        fe_emit(c, FE_GET_AWAITABLE, 1, e, e, 0);
        fe_await_loop(c, e, e);
    }
    return e;
}

void
fe_with(struct fe_compiler *c, const struct fe_node *n, uint32_t i)
{
    bool is_async = n->kind == FE_AsyncWith;
    const struct fe_node *item = n->u.With.items.items[i];
    int label = fe_label(c), end = fe_label(c), mark = c->u->top, w, e;
    struct fe_block *b;

    if (is_async && c->u->scope->node->kind != FE_AsyncFunctionDef &&
        !(c->u->scope->kind == FE_SCOPE_MODULE &&
          (c->flags & FE_COMPILE_TOP_LEVEL_AWAIT))) {
        fe_fail(c, "'async with' outside async function");
        return;
    }
    w = fe_temps(c, WINDOW);
    e = enter_context(c, n, item, w);
    b = fe_push_block(c, is_async ? FE_BLOCK_ASYNC_WITH : FE_BLOCK_WITH, n);
    b->reg = w;
    c->u->eh = fe_handler(c, label, w + WINDOW);
    c->u->top = e + 1;
    if (item->u.withitem.optional_vars)
        fe_store(c, item->u.withitem.optional_vars, e);
    c->u->top = w + WINDOW;
    if (i + 1 < n->u.With.items.len)
        fe_with(c, n, i + 1);
    else
        fe_stmts(c, n->u.With.body);
    c->u->eh = b->outer_eh;
    fe_pop_block(c);
    fe_set_pos(c, n);
    fe_exit_normally(c, w, is_async);
    fe_jump(c, FE_JUMP, 0, 0, 0, end);
    exit_on_error(c, n, w, label, end);
    c->u->top = mark;
}
