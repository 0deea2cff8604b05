/* SPDX-License-Identifier: MIT
 * tracer/backend.h: what a back-end is, and what compiled traces look like from
 * outside. Back-ends (tracer/eval.c, cli-backend, jvm-backend) implement
 * struct tr_backend; nothing above this header knows which one runs.
 *
 * How compiled code is entered and left. A trace is a native function
 *     int64_t trace(struct tr_frame *tf)
 * It finds the entry frame by tf->base, keeps everything else in host locals,
 * and leaves through one of its exits: the exit's stub stores the values that
 * its snapshot needs into tf->spill[0..], stores the exit's address to
 * tf->exit and tail-calls the code in exit->cell with tf. That cell first
 * holds tr_exit_code (returns to whoever entered the trace, which then rebuilds
 * the interpreter's state from the spilled values); attaching a bridge stores
 * the bridge's code there. RET stores the value to tf->result, NULL to
 * tf->exit, and returns. LINK writes its snapshot's words to memory (all of
 * them were computed by the trace: read every SLOT before the first write),
 * adds 8 * top of the snapshot to tf->base, and tail-calls the target's
 * entry.code.
 *
 * Values to spill are exit->spill[]: never constants, SLOTs, BASEs, boxes or
 * sunk objects, which the exit rebuilds itself.
 */
#ifndef TR_BACKEND_H
#define TR_BACKEND_H

#include <stddef.h>

#include "tracer/ir.h"

enum { TR_MAX_SPILL = 248 }; /* live values at one exit */

struct tr_frame;
struct tr_trace;
struct tr_exit;
struct tr_jit;

typedef int64_t (*tr_entry)(struct tr_frame *tf);

/* Offsets are fixed: back-ends address these fields by TR_FRAME_* below. */
struct tr_frame {
    uint64_t *base;       /* entry frame's word 0 */
    struct tr_exit *exit; /* how the trace was left; NULL after RET */
    uint64_t result;      /* after RET */
    void *host;           /* the host's (thread state) */
    uint64_t spill[TR_MAX_SPILL];
};

enum {
    TR_FRAME_BASE = 0,
    TR_FRAME_EXIT = 8,
    TR_FRAME_RESULT = 16,
    TR_FRAME_HOST = 24,
    TR_FRAME_SPILL = 32
};

/* A mutable jump target; code fetches [code] from its constant address. */
struct tr_cell {
    tr_entry code;
    struct tr_trace *trace; /* what the code belongs to, NULL: tr_exit_code */
};

/* Where a snapshot's word comes from at run time: spill word, constant, address
 * of a frame word, sunk object, frame word as it was at entry. */
enum tr_source {
    TR_FROM_SPILL,
    TR_FROM_CONST,
    TR_FROM_BASE,
    TR_FROM_SUNK,
    TR_FROM_SLOT
};

enum tr_exit_kind {
    TR_EXIT_OPEN,
    TR_EXIT_GIVEN_UP, /* bridges were aborted too often */
    TR_EXIT_COUNTER   /* a bridge's pass counter ran out: time for tier 2 */
};

struct tr_plan; /* exit.c: how its words are rebuilt */
struct tr_site;

struct tr_exit {
    struct tr_cell cell;
    struct tr_trace *trace; /* whose exit this is */
    uint32_t snap;          /* number of its snapshot in trace->ir */
    uint32_t index;         /* its number in trace->exits */
    uint32_t count;         /* times taken while not bridged */
    uint32_t nspill;
    tr_ref *spill;     /* spill[i] holds the raw bits of this result */
    uint8_t kind;      /* enum tr_exit_kind */
    uint32_t failures; /* bridge recordings that were aborted */
    struct tr_plan *plan;
};

/* A memory field of host objects, the unit of alias analysis: two fields of
 * different number never overlap. */
enum tr_field_flags {
    TR_FLD_IMMUTABLE = 1, /* never changes once the object is visible */
    TR_FLD_VOLATILE = 2,  /* never forwarded, always loaded */
    TR_FLD_UNSIGNED = 4   /* narrow field is zero-extended */
};

struct tr_field {
    const char *name; /* "list.items" */
    uint8_t kind;     /* TR_I64 TR_F64 TR_VAL TR_PTR */
    uint8_t size;     /* bytes: 1 2 4 8 */
    uint8_t flags;
    int32_t offset; /* from the object's address; arrays: of element 0 */
    int32_t stride; /* arrays: bytes an element; 0 for plain fields */
};

/* A C function that traces may call. All arguments and the result are int64,
 * double, value or pointer words in the C calling convention. */
enum tr_call_flags {
    TR_CALL_PURE = 0,      /* depends on its arguments only, idempotent */
    TR_CALL_READS = 1,     /* reads memory, writes none that a trace can see */
    TR_CALL_WRITES = 2,    /* writes the fields of [writes] only */
    TR_CALL_ANY = 3,       /* may write everything, may run host code */
    TR_CALL_EFFECT = 3,    /* mask */
    TR_CALL_ALLOCATES = 4, /* may make a new object: two calls are never one */
    TR_CALL_RAISES = 8,    /* TR_NOTHING result means: an exception is set */
    TR_CALL_FOLDS = 16     /* callable while recording, if all is constant */
};

struct tr_call {
    const char *name;
    void *fn;
    uint8_t result; /* enum tr_kind */
    uint8_t nargs;
    uint8_t args[8]; /* enum tr_kind */
    uint32_t flags;
    const uint16_t *writes; /* field numbers, 0xFFFF ends; for TR_CALL_WRITES */
};

/* What a loop carries, for bridges that come back to its head (join.c). Its
 * values are three words of HEAD's snapshot: the PHI or the value that is the
 * same in every pass (unboxed by [box]), and a location's base and index. */
enum tr_carried_class { TR_CARRIED_SLOT, TR_CARRIED_MEM, TR_CARRIED_FOLLOW };

struct tr_carried {
    uint8_t class; /* enum tr_carried_class */
    bool same;     /* not a PHI */
    uint8_t box;   /* enum tr_op: how the raw value is boxed, 0: not */
    uint8_t kind;  /* enum tr_kind of the raw value */
    int32_t slot;
    uint16_t field;
    uint32_t owner; /* FOLLOW: the item whose object the location is in */
};

struct tr_head {
    uint32_t snap, count;
    struct tr_carried *items; /* NULL: the loop cannot be joined */
};

/* Is the frame word one of the loop's? */
bool tr_head_carries(const struct tr_head *head, int32_t slot);

enum tr_trace_kind { TR_ROOT_LOOP, TR_ROOT_ENTRY, TR_BRIDGE };

struct tr_trace {
    uint32_t id;  /* 1, 2, ...: what logs call it */
    uint8_t kind; /* enum tr_trace_kind */
    bool compiled, blacklisted;
    struct tr_code_ir ir; /* optimised */
    struct tr_cell entry; /* where LINK and the host enter it */
    uint64_t invalid;     /* 0 while valid; polled by VALID */
    bool unrooted;        /* invalid, and its constants no longer roots */
    struct tr_exit *exits;
    uint32_t nexits;
    struct tr_trace *root;  /* itself for roots */
    struct tr_exit *parent; /* of a bridge */
    uint8_t *sunk;     /* per instruction: 1 = no code: sunk allocations, their
                          stores, what nothing or only exits need; never NULL
                          once the trace reaches a back-end */
    uint64_t location; /* the host's name of where it begins (root: key) */
    void *backend_data;
    uint32_t reemitted; /* root: times that its tree became one method */
    uint32_t nblocks;   /* basic blocks of its method (budget of tier 2) */
    double host_ms;     /* the host JIT's time */
    NAC_VEC(struct tr_trace *) bridges; /* root: all bridges of its tree */
    NAC_VEC(struct tr_trace *) links;   /* traces that this one LINKs into */
    struct tr_site *site;               /* of a root, NULL once dropped */
    bool depends;        /* it or an ancestor relies on a tr_watch */
    bool merged;         /* bridge: part of its root's second tier */
    int64_t passes;      /* bridge: counts down to the second tier */
    uint32_t counter;    /* bridge: where the 5 instructions that count stand */
    struct tr_head head; /* root with a loop */
    bool in_loop;        /* bridge: entered from the root's loop only */
    tr_entry first_code; /* root: code of the first tier */
};

/* What is compiled into one method: a root or bridge alone, or (second tier)
 * a root followed by those of its bridges whose exits become branches. */
struct tr_unit {
    struct tr_trace **traces;
    uint32_t count;
};

struct tr_backend {
    const char *name; /* "eval", "cli", "jvm" */
    /* Starts the host VM when the first trace needs it. 0, or -1 with the
     * reason in [why]. */
    int (*start)(struct tr_jit *jit, char *why, size_t whylen);
    /* Compiles the unit; on success stores the code of the method into
     * *code (its entry belongs to unit->traces[0]) and returns 0; -1 with the
     * reason where the unit cannot be compiled. Must not touch cells. */
    int (*compile)(struct tr_jit *jit, const struct tr_unit *unit,
                   tr_entry *code, char *why, size_t whylen);
    /* Runs trace->entry.code on the frame. */
    int64_t (*enter)(struct tr_jit *jit, struct tr_trace *trace,
                     struct tr_frame *tf);
    /* Writes what it knows of the trace (CIL, machine code) below the dump
     * directory; may be NULL. */
    void (*dump)(struct tr_jit *jit, const struct tr_trace *trace,
                 const char *dir);
    void (*stop)(struct tr_jit *jit);
};

/* The trace of this number (the operand of LINK, which may be the trace that is
 * being compiled); NULL where there is none. Invalidated traces may be
 * entered: their first instruction is a VALID that leaves. */
struct tr_trace *tr_trace_by_id(const struct tr_jit *jit, uint32_t id);

/* Initial content of every exit's cell: returns 0. */
int64_t tr_exit_code(struct tr_frame *tf);

extern const struct tr_backend tr_eval_backend;

#endif
