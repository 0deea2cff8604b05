/* SPDX-License-Identifier: MIT
 * frontend/emit_flow.c: loops, return, break, continue, and unwinding: what
 * leaving a block early has to do on its way.
 *
 * A loop is  head: test; body; next: LOOP head; end:  with one LOOP, to which
 * continue jumps. Blocks that protect something lie on a stack; the code of a
 * finally clause is repeated wherever control leaves its block, with that
 * block's handler switched off meanwhile.
 */
#include "config.h"

#include <string.h>

#include "frontend/compiler.h"
#include "frontend/emit_try.h"

struct fe_block *
fe_push_block(struct fe_compiler *c, enum fe_block_kind kind,
              const struct fe_node *n)
{
    struct fe_unit *u = c->u;
    struct fe_block *b;

    if (u->nblocks >= FE_MAX_BLOCKS) {
        fe_fail(c, "too many statically nested blocks");
        u->nblocks--;
    }
    b = &u->blocks[u->nblocks++];
    memset(b, 0, sizeof *b);
    b->kind = kind;
    b->node = n;
    b->outer_eh = u->eh;
    return b;
}

void
fe_pop_block(struct fe_compiler *c)
{
    c->u->nblocks--;
}

/* -- unwinding ------------------------------------------------------------- */

/* Code that leaves the block, which was taken off the stack already. */
static void
unwind_block(struct fe_compiler *c, const struct fe_block *b)
{
    int mark = c->u->top;

    c->u->eh = b->outer_eh;
    switch (b->kind) {
    case FE_BLOCK_FINALLY:
        fe_stmts(c, b->node->u.Try.finalbody);
        break;
    case FE_BLOCK_FINALLY_END:
        fe_emit(c, FE_POP_EXC, 0, b->reg, 0, 0);
        break;
    case FE_BLOCK_WITH:
    case FE_BLOCK_ASYNC_WITH:
        fe_set_pos(c, b->node);
        fe_exit_normally(c, b->reg, b->kind == FE_BLOCK_ASYNC_WITH);
        break;
    case FE_BLOCK_HANDLER:
        fe_emit(c, FE_POP_EXC, 0, b->reg, 0, 0);
        if (b->name)
            fe_forget_name(c, b->name);
        break;
    default:
        break;
    }
    c->u->top = mark;
}

/* Leaves the blocks from the innermost one on, up to the first loop if
 * [to_loop], else all. Returns that loop, a copy in [loop]. */
static bool
unwind(struct fe_compiler *c, bool to_loop, struct fe_block *loop)
{
    struct fe_unit *u = c->u;
    struct fe_block b;
    bool found;

    if (u->nblocks == 0 || c->failed)
        return false;
    b = u->blocks[u->nblocks - 1];
    if (b.kind == FE_BLOCK_GROUP_HANDLER) {
        fe_fail(c, "'break', 'continue' and 'return' cannot appear in an "
                   "except* block");
        return false;
    }
    if (to_loop && (b.kind == FE_BLOCK_LOOP || b.kind == FE_BLOCK_FOR)) {
        *loop = b;
        return true;
    }
    u->nblocks--;
    unwind_block(c, &b);
    found = unwind(c, to_loop, loop);
    u->nblocks++;
    u->blocks[u->nblocks - 1] = b;
    return found;
}

/* Do the blocks hold code that runs on the way out? */
static bool
unwinding_runs_code(struct fe_compiler *c)
{
    for (int i = 0; i < c->u->nblocks; i++)
        switch (c->u->blocks[i].kind) {
        case FE_BLOCK_FINALLY:
        case FE_BLOCK_WITH:
        case FE_BLOCK_ASYNC_WITH:
            return true;
        case FE_BLOCK_HANDLER:
            if (c->u->blocks[i].name)
                return true;
            break;
        default:
            break;
        }
    return false;
}

void
fe_return(struct fe_compiler *c, const struct fe_node *n)
{
    const struct fe_node *value = n->u.Return.value;
    struct fe_scope *s = c->u->scope;
    int eh = c->u->eh, v, copy;

    if (s->kind != FE_SCOPE_FUNCTION) {
        fe_fail(c, "'return' outside function");
        return;
    }
    if (value && s->coroutine && s->generator) {
        fe_fail(c, "'return' with value in async generator");
        return;
    }
    v = value ? fe_expr(c, value) : fe_none(c);
    if (value && fe_const_of(c, value))
        fe_set_pos(c, value);
    if (v >= 0 && !fe_is_temp(c, v) && unwinding_runs_code(c)) {
        copy = fe_temp(c);
        fe_move(c, copy, v);
        v = copy;
    }
    unwind(c, false, NULL);
    fe_set_pos(c, n);
    fe_emit(c, FE_RETURN, 0, v, 0, 0);
    c->u->eh = eh;
}

void
fe_return_none(struct fe_compiler *c)
{
    struct fe_unit *u = c->u;

    if (u->ins.len)
        u->pos = nac_vec_top(&u->ins).pos;
    fe_emit(c, FE_RETURN, 0, fe_none(c), 0, 0);
}

void
fe_break(struct fe_compiler *c)
{
    struct fe_position pos = c->u->pos;
    struct fe_block loop;
    int eh = c->u->eh;

    if (unwind(c, true, &loop)) {
        c->u->eh = loop.outer_eh;
        fe_jump(c, FE_JUMP, 0, 0, 0, loop.end);
    } else {
        fe_fail_pos(c, &pos, "'break' outside loop");
    }
    c->u->eh = eh;
}

void
fe_continue(struct fe_compiler *c)
{
    struct fe_position pos = c->u->pos;
    struct fe_block loop;
    int eh = c->u->eh;

    if (unwind(c, true, &loop)) {
        c->u->eh = loop.outer_eh;
        fe_jump(c, FE_JUMP, 0, 0, 0, loop.next);
    } else {
        fe_fail_pos(c, &pos, "'continue' not properly in loop");
    }
    c->u->eh = eh;
}

/* -- loops ----------------------------------------------------------------- */

/* The body of a loop, from what comes after its test; places next and end. */
static void
loop_body(struct fe_compiler *c, enum fe_block_kind kind, struct fe_list body,
          int head, int end)
{
    struct fe_block *b = fe_push_block(c, kind, NULL);
    int next = fe_label(c);

    b->next = next;
    b->end = end;
    fe_stmts(c, body);
    fe_place(c, next);
    fe_jump(c, FE_LOOP, 0, 0, 0, head);
    fe_pop_block(c);
}

void
fe_while(struct fe_compiler *c, const struct fe_node *n)
{
    int head = fe_label(c), end = fe_label(c), done = fe_label(c);

    fe_place(c, head);
    fe_jump_if(c, n->u.While.test, done, false);
    loop_body(c, FE_BLOCK_LOOP, n->u.While.body, head, end);
    fe_place(c, done);
    fe_stmts(c, n->u.While.orelse);
    fe_place(c, end);
}

void
fe_for(struct fe_compiler *c, const struct fe_node *n)
{
    struct fe_block *b;
    int head = fe_label(c), next = fe_label(c), end = fe_label(c);
    int done = fe_label(c);
    int it = fe_temps(c, 3), v;

    b = fe_push_block(c, FE_BLOCK_FOR, n);
    b->next = next;
    b->end = end;
    v = fe_expr(c, n->u.For.iter);
    fe_emit(c, FE_GET_ITER, 0, it, v, 0);
    c->u->top = it + 3;
    fe_place(c, head);
    fe_jump(c, FE_FOR_ITER, 0, it, 0, done);
    fe_jump(c, FE_FOR_TEST, 0, it, 0, done);
    fe_store(c, n->u.For.target, it + 2);
    fe_stmts(c, n->u.For.body);
    fe_place(c, next);
    fe_jump(c, FE_LOOP, 0, 0, 0, head);
    fe_pop_block(c);
    fe_place(c, done);
    fe_stmts(c, n->u.For.orelse);
    fe_place(c, end);
}

static bool
async_here(struct fe_compiler *c)
{
    return c->u->scope->node->kind == FE_AsyncFunctionDef ||
           (c->u->scope->kind == FE_SCOPE_MODULE &&
            (c->flags & FE_COMPILE_TOP_LEVEL_AWAIT));
}

void
fe_async_for(struct fe_compiler *c, const struct fe_node *n)
{
    int head = fe_label(c), end = fe_label(c), stop = fe_label(c);
    int it = fe_temp(c), item = fe_temp(c), eh = c->u->eh, aw;
    struct fe_block *b;

    if (!async_here(c)) {
        fe_fail(c, "'async for' outside async function");
        return;
    }
    fe_emit(c, FE_GET_AITER, 0, it, fe_expr(c, n->u.For.iter), 0);
    c->u->top = item + 1;
    b = fe_push_block(c, FE_BLOCK_FOR, n);
    b->next = fe_label(c);
    b->end = end;
    fe_place(c, head);
    c->u->eh = fe_handler(c, stop, item);
    aw = fe_temp(c);
    fe_emit(c, FE_GET_ANEXT, 0, aw, it, 0);
    fe_await_loop(c, aw, item);
    c->u->eh = eh;
    c->u->top = item + 1;
    fe_store(c, n->u.For.target, item);
    fe_stmts(c, n->u.For.body);
    fe_place(c, c->u->blocks[c->u->nblocks - 1].next);
    fe_jump(c, FE_LOOP, 0, 0, 0, head);
    fe_pop_block(c);
    fe_place(c, stop);
    fe_set_pos(c, n->u.For.iter);
    fe_emit(c, FE_END_ASYNC_FOR, 0, item, 0, 0);
    fe_set_pos(c, n);
    fe_stmts(c, n->u.For.orelse);
    fe_place(c, end);
}
