/* SPDX-License-Identifier: MIT
 * frontend/compiler.h: what the files of the bytecode compiler share. Internal
 * to the front end.
 *
 * A unit is a code object in the making: a flat list of instructions whose
 * jumps name labels. Every instruction carries its position and the number of
 * the handler that an exception in it goes to; assemble.c makes the tables.
 *
 * Operands in the making: n >= 0 is register n; n < 0 a constant of the unit
 * (see fe_k). Temporaries form a stack above locals and cells: fe_temp() takes
 * the next one, and whoever takes some puts [top] back.
 */
#ifndef FE_COMPILER_H
#define FE_COMPILER_H

#include <stdbool.h>

#include "base/check.h"
#include "base/map.h"
#include "base/vec.h"
#include "frontend/compile.h"
#include "frontend/symtable.h"

enum { FE_MAX_DEPTH = 3000, FE_MAX_BLOCKS = 20 };

struct fe_insn {
    uint8_t op, x;
    bool dead;
    int32_t a, b, c;
    int32_t label; /* target, or -1 */
    int32_t eh;    /* number of the handler, or -1 */
    struct fe_position pos;
};

struct fe_handler {
    int label, reg;
};

enum fe_block_kind {
    FE_BLOCK_LOOP,        /* while */
    FE_BLOCK_FOR,         /* for */
    FE_BLOCK_TRY,         /* body of try-except */
    FE_BLOCK_FINALLY,     /* what a finally clause protects */
    FE_BLOCK_FINALLY_END, /* the finally clause after an exception */
    FE_BLOCK_WITH,
    FE_BLOCK_ASYNC_WITH,
    FE_BLOCK_HANDLER,       /* an except clause */
    FE_BLOCK_GROUP_HANDLER, /* except* clauses */
    FE_BLOCK_ASYNC_COMP
};

struct fe_block {
    enum fe_block_kind kind;
    int next, end;    /* labels of continue and break */
    int outer_eh;     /* handler outside of the block */
    int reg;          /* saved exception, or window of __exit__ */
    const char *name; /* of except ... as name */
    const struct fe_node *node;
};

/* Constants are kept in pools, in this order; names come early so that 16 bits
 * reach them. */
enum fe_pool {
    FE_POOL_DOC,
    FE_POOL_NAME,
    FE_POOL_CODE,
    FE_POOL_VALUE,
    FE_POOLS
};

struct fe_unit {
    struct fe_unit *parent;
    struct fe_scope *scope;
    const char *name, *qualname, *private_name;
    int first_line;
    unsigned flags; /* enum fe_code_flags */
    uint32_t argcount, posonly, kwonly;

    NAC_VEC(struct fe_insn) ins;
    NAC_VEC(int32_t) labels; /* label -> instruction, -1: not placed */
    NAC_VEC(struct fe_handler) handlers;
    struct fe_block blocks[FE_MAX_BLOCKS];
    int nblocks;
    int eh;

    int nlocals, nfree, base; /* base: first temporary */
    int next_local;           /* registers of locals are given on first use */
    int top, max;
    const char **local_names;
    uint8_t *local_is_cell;
    const char **free_names;
    struct nac_map regs; /* name -> register + 1 of a local, cell or free */

    NAC_VEC(struct fe_constant) pools[FE_POOLS];
    struct nac_map const_index;
    NAC_VEC(char *) keys;

    struct fe_position pos;
};

struct fe_compiler {
    struct nac_arena *arena;
    const char *filename;
    enum fe_mode mode;
    unsigned flags;
    struct fe_error *err;
    NAC_VEC(struct fe_warning) cautions;
    bool failed;
    bool future_annotations;
    int future_line; /* last line of the future statements */
    int depth;
    struct fe_symtable st;
    struct fe_unit *u;
    struct nac_map folded; /* node address -> struct fe_constant * */
};

/* -- emit.c: units, registers, constants, instructions, errors -- */
bool fe_enter(struct fe_compiler *c);
void fe_leave(struct fe_compiler *c);
void fe_set_pos(struct fe_compiler *c, const struct fe_node *n);
void fe_fail(struct fe_compiler *c, const char *fmt, ...) NAC_PRINTF(2, 3);
void fe_fail_at(struct fe_compiler *c, const struct fe_node *n, const char *fmt,
                ...) NAC_PRINTF(3, 4);
void fe_fail_pos(struct fe_compiler *c, const struct fe_position *pos,
                 const char *fmt, ...) NAC_PRINTF(3, 4);
void fe_caution(struct fe_compiler *c, const char *fmt, ...) NAC_PRINTF(2, 3);

void fe_unit_begin(struct fe_compiler *c, struct fe_scope *scope,
                   const char *name, int first_line);
/* Assembles the current unit and goes back to its parent. */
struct fe_code *fe_unit_end(struct fe_compiler *c);
void fe_unit_free(struct fe_unit *u);

int fe_temp(struct fe_compiler *c);
int fe_temps(struct fe_compiler *c, int n); /* the first of n in a row */
int fe_label(struct fe_compiler *c);        /* a new one */
void fe_place(struct fe_compiler *c, int label);
void fe_emit(struct fe_compiler *c, enum fe_op op, int x, int a, int b, int c_);
/* [r] and [s] are the operands that come besides the target. */
void fe_jump(struct fe_compiler *c, enum fe_op op, int x, int r, int s,
             int label);
void fe_move(struct fe_compiler *c, int dst, int src);
int fe_handler(struct fe_compiler *c, int label, int reg);

/* An operand for the constant; may load it into a new temporary. */
int fe_k(struct fe_compiler *c, const struct fe_constant *k);
int fe_none(struct fe_compiler *c);
int fe_int(struct fe_compiler *c, int64_t i);
int fe_str(struct fe_compiler *c, const char *s);
/* Operand of kind N(...); mangled where that is the rule. */
int fe_name(struct fe_compiler *c, const char *name);
/* Operand K[...] of MAKE_FUNCTION and CALL_KW. */
int fe_k_code(struct fe_compiler *c, const struct fe_constant *k);
struct fe_constant fe_str_const(const char *s, size_t len);
/* What the expression folds to, or NULL. */
const struct fe_constant *fe_const_of(struct fe_compiler *c,
                                      const struct fe_node *n);
/* 1, 0, or -1 if the truth of the expression is not known now. */
int fe_const_truth(struct fe_compiler *c, const struct fe_node *n);

/* -- emit_name.c: names -- */
int fe_name_load(struct fe_compiler *c, const char *id, int dst);
void fe_name_store(struct fe_compiler *c, const char *id, int src);
void fe_name_delete(struct fe_compiler *c, const char *id);
/* The register if the name is a local variable kept in one, else -1. */
int fe_local_reg(struct fe_compiler *c, const char *id);
/* The register that holds the variable's cell, or -1. */
int fe_cell_reg(struct fe_compiler *c, const char *mangled);
struct fe_symbol *fe_symbol_of(struct fe_compiler *c, const char *id);
bool fe_forbidden(struct fe_compiler *c, const char *id, int ctx);

/* -- emit_expr.c -- */
int fe_expr(struct fe_compiler *c, const struct fe_node *n);
/* The same where [later] is evaluated before the operand is used. */
int fe_expr_before(struct fe_compiler *c, const struct fe_node *n,
                   const struct fe_node *later);
void fe_expr_to(struct fe_compiler *c, const struct fe_node *n, int dst);
void fe_jump_if(struct fe_compiler *c, const struct fe_node *n, int label,
                bool cond);
void fe_store(struct fe_compiler *c, const struct fe_node *target, int src);
/* Is [dst] a temporary, which may hold unfinished work? */
bool fe_is_temp(struct fe_compiler *c, int dst);
int fe_binary_op(int ast_op);
void fe_match_attr_pos(struct fe_compiler *c, const struct fe_node *attr);

/* -- emit_call.c: calls, displays, f-strings -- */
void fe_call_to(struct fe_compiler *c, const struct fe_node *n, int dst);
/* Calls R[w] with [extra] arguments that are there already, and these. */
void fe_call_args(struct fe_compiler *c, int w, int extra, struct fe_list args,
                  struct fe_list keywords);
void fe_display_to(struct fe_compiler *c, const struct fe_node *n, int dst);
void fe_dict_to(struct fe_compiler *c, const struct fe_node *n, int dst);
void fe_fstring_to(struct fe_compiler *c, const struct fe_node *n, int dst);
void fe_subscript_check(struct fe_compiler *c, const struct fe_node *n);

/* -- emit_comp.c: comprehensions, generators, await -- */
void fe_comprehension_to(struct fe_compiler *c, const struct fe_node *n,
                         int dst);
void fe_yield_to(struct fe_compiler *c, const struct fe_node *n, int dst);
void fe_yield_from_to(struct fe_compiler *c, const struct fe_node *n, int dst);
void fe_await_to(struct fe_compiler *c, const struct fe_node *n, int dst);
/* R[it] is an awaitable's iterator: waits for it; the result goes to dst. */
void fe_await_loop(struct fe_compiler *c, int it, int dst);

/* -- emit_func.c: functions, classes -- */
void fe_function(struct fe_compiler *c, const struct fe_node *n);
void fe_lambda_to(struct fe_compiler *c, const struct fe_node *n, int dst);
void fe_class(struct fe_compiler *c, const struct fe_node *n);
/* R[dst] := function of the code; [first]: register of the defaults, keyword
 * defaults, annotations that are there, told by [bits]; they must be the
 * topmost temporaries. The closure is added. */
void fe_make_function(struct fe_compiler *c, const struct fe_code *code,
                      unsigned bits, int first, int dst);
/* The docstring that the body begins with, or NULL. */
const struct fe_node *fe_docstring(struct fe_list body);

/* -- emit_stmt.c -- */
void fe_stmts(struct fe_compiler *c, struct fe_list body);
void fe_stmt(struct fe_compiler *c, const struct fe_node *n);
bool fe_has_annotations(struct fe_list body);

/* -- emit_flow.c -- */
struct fe_block *fe_push_block(struct fe_compiler *c, enum fe_block_kind kind,
                               const struct fe_node *n);
void fe_pop_block(struct fe_compiler *c);
void fe_try(struct fe_compiler *c, const struct fe_node *n);
void fe_try_star(struct fe_compiler *c, const struct fe_node *n);
void fe_with(struct fe_compiler *c, const struct fe_node *n, uint32_t item);
void fe_return(struct fe_compiler *c, const struct fe_node *n);
/* The end of a body. */
void fe_return_none(struct fe_compiler *c);
void fe_break(struct fe_compiler *c);
void fe_continue(struct fe_compiler *c);
void fe_for(struct fe_compiler *c, const struct fe_node *n);
void fe_async_for(struct fe_compiler *c, const struct fe_node *n);
void fe_while(struct fe_compiler *c, const struct fe_node *n);

/* -- emit_match.c -- */
void fe_match(struct fe_compiler *c, const struct fe_node *n);

/* -- fold.c -- */
/* Folds what can be folded in the tree, into c->folded. */
void fe_fold(struct fe_compiler *c, struct fe_node *module);
struct fe_constant fe_const_ast(struct fe_compiler *c,
                                const struct fe_const *k);
int fe_constant_truth(const struct fe_constant *k);
/* Decimal digits of "0x...", "0o...", "0b..." or "123...". */
void fe_decimal(struct nac_buf *out, const char *s, uint32_t len);
/* -- peephole.c -- */
/* Improves the finished list of instructions of the unit. */
void fe_peephole(struct fe_compiler *c);

/* -- assemble.c -- */
struct fe_code *fe_assemble(struct fe_compiler *c);

#endif
