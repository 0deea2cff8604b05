/* SPDX-License-Identifier: MIT
 * cli-backend/select.h: from trace IR to CIL. schedule.c decides where every
 * value is computed and kept, select.c emits the code of values and guards,
 * calls.c calls and allocation, leave.c the ways out. Private to this folder
 * and its tests.
 */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include "cli-backend/il.h"
#include "tracer/backend.h"
#include "tracer/tracer.h"

/* Where an instruction's code goes. */
enum cli_place {
    CLI_DEAD,   /* nowhere: sunk, unused, or part of its user (CARG, PAIR) */
    CLI_INLINE, /* at its user, on the evaluation stack, and again in stubs */
    CLI_LOCAL,  /* at its own place, into a local */
    CLI_ENTRY,  /* at the method's beginning, into a local (SLOT, ARG) */
    CLI_EFFECT  /* at its own place; no value or an unused one */
};

struct cli_node {
    uint32_t uses;
    uint32_t main;  /* those that are not in exits' stubs */
    uint32_t user;  /* one that uses it, outside of stubs if there is one */
    uint32_t root;  /* of an INLINE one: the instruction it is emitted with */
    int32_t local;  /* -1: none (yet) */
    int32_t inner;  /* from LOOP on, of a value computed before; -1: none */
    bool in_loop;   /* used behind LOOP */
    uint8_t place;  /* enum cli_place */
    uint8_t height; /* distance from the root of its tree */
    uint8_t chain;  /* length of the chain of pure instructions it ends */
    bool in_stub;   /* used by exits' stubs only */
    bool by_float;  /* UNBOX_FLT that reads the word from memory again */
};

/* One trace of the unit. */
struct cli_part {
    struct tr_trace *trace;
    struct cli_node *nodes;
    uint32_t count;         /* instructions */
    uint32_t loop;          /* number of LOOP, or 0 */
    uint32_t loop_label;    /* where that begins */
    bool inside;            /* what is emitted now stands behind LOOP */
    bool joins;             /* goes on at the LOOP of part 0: tracer/join.c */
    uint32_t *frame_stores; /* [i]: instructions before i that may write the
                               entry frame's words */
    uint32_t *last_guard; /* by exit: the last instruction that leaves there */
    uint32_t *stubs; /* by exit: its label + 1, 0 while nobody leaves there */
    uint32_t label;  /* where the part begins */
    struct cli_part *parent; /* bridges in the unit: where from */
    struct tr_exit *exit;    /* the exit that leads here, or NULL */
};

/* The rare way of a NEW: room is made for the object, then it goes on. */
struct cli_refill {
    uint32_t label, back;
    uint32_t local; /* of the object's address */
    uint32_t size;
};

struct cli_sel {
    struct cli_il *il;
    const struct tr_host *host;
    struct tr_jit *jit;
    struct tr_trace *(*find_trace)(const struct tr_jit *jit, uint32_t id);
    struct cli_part *parts;
    uint32_t nparts;
    struct cli_part *part; /* the one being emitted */
    int32_t base;          /* local that holds tf->base, or -1 */
    uint32_t nvalues;      /* locals given to values */
    uint32_t extra_blocks; /* made by the conditions of joined guards */
    bool many_blocks;      /* no more than need be: join conditions */
    NAC_VEC(struct cli_refill) refills;
    NAC_VEC(uint32_t) spare[4]; /* temporaries free for use, by type */
    char *why;
    size_t whylen;
    bool failed;
};

/* Emits the unit's method. 0, or -1 with the reason. On success the traces'
 * nblocks of a unit of one is the method's. */
int cli_select(struct cli_il *il, struct tr_jit *jit,
               const struct tr_host *host,
               struct tr_trace *(*find_trace)(const struct tr_jit *, uint32_t),
               const struct tr_unit *unit, char *why, size_t whylen);

/* -- schedule.c -- */
void cli_schedule(struct cli_sel *s, struct cli_part *p);
/* The float of which [r] is the box, or none: stores and exits take it raw. */
tr_ref cli_float_inside(const struct cli_part *p, tr_ref r);
/* Is the word to be written what the frame holds anyhow? */
bool cli_word_unchanged(const struct cli_part *p, const struct tr_snapent *e);

/* -- select.c -- */
enum cli_type cli_kind_type(uint8_t kind);
/* Pushes the value as [want]. An int64 wanted of a float is its bits, and the
 * other way round. */
void cli_push(struct cli_sel *s, tr_ref r, enum cli_type want);
/* Pushes what a store of the value's raw word needs: I8 or R8. */
enum cli_type cli_push_word(struct cli_sel *s, tr_ref r);
/* Pushes the address in argument 0 plus [offset]. */
void cli_push_frame(struct cli_sel *s, int32_t offset);
/* Turns the top of the stack from one type into another. */
void cli_convert(struct cli_sel *s, enum cli_type from, enum cli_type to);
void cli_add_offset(struct cli_sel *s, int64_t offset);
/* Branches to the label if the condition is [sense]. */
void cli_branch_on(struct cli_sel *s, tr_ref cond, bool sense, uint32_t label);
void cli_store_value(struct cli_sel *s, uint32_t i, enum cli_type type);
uint32_t cli_temp(struct cli_sel *s, enum cli_type type);
void cli_release(struct cli_sel *s, uint32_t local);
void cli_fail(struct cli_sel *s, const char *what);

/* The local of an instruction's value, made when it is asked for first. */
uint32_t cli_value_local(struct cli_sel *s, struct cli_node *n, uint8_t kind);

/* -- loop.c -- */
/* PHIs stand directly behind LOOP. [first]: on the way in. */
void cli_emit_phis(struct cli_sel *s, bool first);
/* Behind LOOP values that were computed before it have other variables. */
void cli_enter_loop(struct cli_sel *s);

/* -- arith.c -- */
/* Pushes the value of a pure instruction; its type. */
enum cli_type cli_emit_pure(struct cli_sel *s, const struct tr_ins *ins);
void cli_emit_fits(struct cli_sel *s, tr_ref a, int bits);
void cli_emit_mulfits(struct cli_sel *s, const struct tr_ins *ins);
void cli_emit_overflow(struct cli_sel *s, const struct tr_ins *ins);
void cli_emit_mulwide(struct cli_sel *s, const struct tr_ins *ins);

/* -- wide.c -- */
/* Does the operation ask the host about ints of 64 bits? */
bool cli_is_wide_op(int op);
/* Emits IS_WIDE, UNBOX_WIDE or BOX_WIDE into its local. */
void cli_emit_wide(struct cli_sel *s, uint32_t i);
void cli_branch_on_wide(struct cli_sel *s, const struct tr_ins *ins, bool sense,
                        uint32_t label);

/* -- calls.c -- */
void cli_emit_call(struct cli_sel *s, uint32_t i);
void cli_emit_new(struct cli_sel *s, uint32_t i);
void cli_emit_refills(struct cli_sel *s);
void cli_emit_barrier(struct cli_sel *s, const struct tr_ins *ins);

/* -- join.c -- */
/* Does the bridge go on in the loop of part 0? Then what it needs of that part
 * is kept there in variables. Before anything is scheduled. */
void cli_plan_join(struct cli_sel *s, struct cli_part *p);
/* Which words of LINK's snapshot are written to the frame all the same. */
bool cli_join_writes(const struct cli_sel *s, const struct tr_snapent *e);
void cli_emit_joined(struct cli_sel *s, const struct tr_ins *ins);

/* -- leave.c -- */
uint32_t cli_stub_label(struct cli_sel *s, uint32_t exit);
void cli_emit_stubs(struct cli_sel *s);
/* Writes a word of LINK's snapshot to the frame. */
void cli_emit_frame_word(struct cli_sel *s, const struct tr_snapent *e);
void cli_emit_link(struct cli_sel *s, const struct tr_ins *ins);
void cli_emit_ret(struct cli_sel *s, const struct tr_ins *ins);

#endif
