/* SPDX-License-Identifier: MIT
 * tracer/tracer.h: the tracing JIT as a library for bytecode interpreters.
 *
 * The host (an interpreter) describes its memory fields and callable C
 * functions once (struct tr_host), keeps a struct tr_site at every loop head
 * and function entry, and, when a site becomes hot, runs a recording copy of
 * its handlers that emits IR through tr_emit() and friends. The tracer
 * optimises what was recorded, compiles it with a back-end and runs it;
 * tr_enter() gives the host back an interpreter state at a bytecode boundary.
 *
 * The interpreter state that a trace may keep in machine registers is a stack
 * of 8-byte frame words. A trace is entered with an entry frame whose word 0 is
 * at tf->base; inlined calls use the words above it. Words are addressed by
 * their signed distance from word 0 ("slots").
 *
 * Recording one bytecode:
 *     tr_at(rec, pc, top, depth, words);       state at the bytecode's start
 *     a = tr_slot(rec, 3); ...                 current values
 *     c = tr_emit1(rec, TR_IS_INT, a);
 *     tr_guard(rec, c, true);                  leaves to this bytecode's start
 *     ... all guards ...
 *     tr_set_slot(rec, 4, r);                  effects come last
 */
#ifndef TR_TRACER_H
#define TR_TRACER_H

#include "tracer/backend.h"
#include "tracer/ir.h"

struct tr_rec;
struct tr_jit;

/* -- what the host supplies -- */

/* Free memory of one size of objects, zeroed: whole objects from next to end.
 */
struct tr_bump {
    char *next, *end;
};

struct tr_host {
    const char *name;
    const struct tr_field *fields; /* number 0 is unused */
    uint32_t nfields;
    const struct tr_call *calls; /* number 0 is unused */
    uint32_t ncalls;
    uint64_t true_bits, false_bits; /* for BOX_BOOL */

    /* NEW: zeroed object of [size] bytes whose first word is [head]. Never
     * NULL (the host aborts or reserves). May collect garbage: live values are
     * found conservatively on the native stack and in [tf]. */
    void *(*alloc)(uint64_t size, uint64_t head);
    /* NEW as code: where objects of just this size and (constant) head are
     * bumped from, or NULL: call alloc. May be NULL itself. Where next is end,
     * refill() makes room for one at least and returns next; it may collect. */
    struct tr_bump *(*bump)(uint64_t size, uint64_t head);
    void *(*refill)(uint64_t size);
    /* BARRIER: the byte at (p & ~block_mask) + card_offset +
     * ((p & block_mask) >> card_shift) := 1; no barrier where block_mask is 0.
     */
    uint64_t block_mask;
    uint32_t card_offset, card_shift;

    /* Ints of 64 bits, most of them beyond a value word: IS_WIDE, UNBOX_WIDE
     * and BOX_WIDE. The first two are asked of any value, and what they say of
     * one never changes; the third makes a new object where the int does not
     * fit a word, and may collect. NULL: traces do not use these. */
    int64_t (*is_wide)(uint64_t value);
    int64_t (*unbox_wide)(uint64_t value);
    uint64_t (*box_wide)(int64_t i);

    /* Writes "file:line" or the like of a location or pc to [out]. */
    void (*name_location)(uint64_t location, char *out, size_t n);
};

/* -- tunables (params.def: name, default, least, greatest, doc) -- */

struct tr_params {
#define PARAM(name, value, least, greatest, doc) int32_t name;
#include "tracer/params.def"
#undef PARAM
};

/* Sets one by its name with '-' or '_' ("loop-threshold"). 0, or -1: unknown
 * name, -2: out of range. */
int tr_set_param(struct tr_jit *jit, const char *name, long value);
void tr_print_params(struct nac_buf *out);
struct tr_params *tr_params(struct tr_jit *jit);
void tr_default_params(struct tr_params *p);

/* -- life of a JIT -- */

struct tr_jit *tr_jit_new(const struct tr_host *host,
                          const struct tr_backend *backend);
void tr_jit_free(struct tr_jit *jit);
/* The host's tables with the tracer's own fields and calls after them: what
 * back-ends and printers must look numbers up in. */
const struct tr_host *tr_host(const struct tr_jit *jit);
const struct tr_backend *tr_jit_backend(const struct tr_jit *jit);
/* Where dumps go (--jit-dump), or NULL. The string must live. */
void tr_set_dump_dir(struct tr_jit *jit, const char *dir);
const char *tr_dump_dir(const struct tr_jit *jit);
/* Calls [visit] on every constant value or address that a trace may still use:
 * for each collection, whose roots they are; what one call leaves out no later
 * one brings back. */
void tr_each_constant(struct tr_jit *jit,
                      void (*visit)(void *arg, enum tr_kind kind,
                                    uint64_t bits),
                      void *arg);
void tr_set_enabled(struct tr_jit *jit, bool on);

/* -- sites: loop heads and function entries -- */

/* One per place; the host embeds it. The host counts down inline:
 *     if (--site->count < 0) tr_hot(...)
 * A site with a trace keeps count at -1 so that every pass gets there. */
struct tr_site {
    int32_t count;
    uint16_t aborts;
    uint8_t blacklisted;
    uint8_t kind;           /* TR_ROOT_LOOP or TR_ROOT_ENTRY */
    struct tr_trace *trace; /* valid compiled trace, or NULL */
    uint64_t location;      /* the host's key, e.g. the address of the pc */
    uint32_t invalidations; /* of its traces: each makes the next try later */
};

enum tr_advice { TR_INTERPRET, TR_RECORD, TR_ENTER };

void tr_site_init(struct tr_jit *jit, struct tr_site *site,
                  enum tr_trace_kind kind, uint64_t location);
/* The site's count ran out: what to do? Resets the count as needed. */
enum tr_advice tr_hot(struct tr_jit *jit, struct tr_site *site);
/* The site's memory is about to be freed: invalidates its trace. */
void tr_site_drop(struct tr_jit *jit, struct tr_site *site);

/* -- running -- */

/* How tr_enter() ended. */
struct tr_left {
    struct tr_exit *exit; /* NULL: RET */
    uint64_t result;      /* RET: the value */
    /* Where the interpreter goes on; the words at base are restored. */
    const struct tr_snap *snap;
    uint64_t *base;   /* word 0 of the frame that the snapshot is relative to */
    bool want_bridge; /* the exit is hot: record one with tr_record_bridge */
};

/* Runs the site's trace on the frame at [base] until it leaves to the host:
 * frame words and sunk objects of the snapshot have been written to memory. */
void tr_enter(struct tr_jit *jit, struct tr_trace *trace, uint64_t *base,
              void *host_data, struct tr_left *left);

/* -- recording -- */

/* Begins the root trace of [site]; NULL where recording is off or another
 * recording runs. [base]: word 0 of the entry frame, to read concrete values
 * in checks only. */
struct tr_rec *tr_record_root(struct tr_jit *jit, struct tr_site *site,
                              uint64_t *base);
/* Begins a bridge from the exit that tr_enter() just returned (its restored
 * state is the recorder's initial state: slots hold ARGs, constants, boxed
 * ARGs and replayed sunk objects). Slots below the snapshot are as in the
 * parent's entry frame. */
struct tr_rec *tr_record_bridge(struct tr_jit *jit, struct tr_left *left);

/* State at the start of a bytecode; guards until the next tr_at() leave to it.
 * pc, mode: the host's. top: slot of the current frame's word 0. words: slots
 * below this are live (what lies above is dead and leaves the snapshot). */
void tr_at(struct tr_rec *rec, uint64_t pc, int32_t top, uint32_t depth,
           int32_t words);

/* The same for a bytecode that was begun already: its guards leave with [mode],
 * as those of tr_guard_mode() do. A bridge from an exit of another mode than 0
 * begins so. */
void tr_at_mode(struct tr_rec *rec, uint64_t pc, int32_t top, uint32_t depth,
                int32_t words, uint32_t mode);
/* The bytecode goes on in another frame, as what is left to do of the one at
 * [pc] there (a return that ends its caller's bytecode): tr_guard_mode() leaves
 * there, tr_guard() must not be used before the next tr_at(). */
void tr_goes_on(struct tr_rec *rec, uint64_t pc, int32_t top, uint32_t depth,
                int32_t words);

tr_ref tr_slot(struct tr_rec *rec, int32_t slot);
void tr_set_slot(struct tr_rec *rec, int32_t slot, tr_ref value);
/* The slots from [from] on hold nothing any more. */
void tr_drop_slots(struct tr_rec *rec, int32_t from);

/* Emits an instruction: folded, value-numbered or forwarded where possible. */
tr_ref tr_emit(struct tr_rec *rec, enum tr_op op, enum tr_kind kind,
               uint32_t field, tr_ref a, tr_ref b);
tr_ref tr_emit1(struct tr_rec *rec, enum tr_op op, tr_ref a);
tr_ref tr_emit2(struct tr_rec *rec, enum tr_op op, tr_ref a, tr_ref b);
tr_ref tr_fload(struct tr_rec *rec, uint32_t field, tr_ref object);
void tr_fstore(struct tr_rec *rec, uint32_t field, tr_ref object, tr_ref value);
tr_ref tr_aload(struct tr_rec *rec, uint32_t field, tr_ref object,
                tr_ref index);
void tr_astore(struct tr_rec *rec, uint32_t field, tr_ref object, tr_ref index,
               tr_ref value);
tr_ref tr_new(struct tr_rec *rec, uint32_t alloc_class, uint64_t size,
              tr_ref head);
tr_ref tr_emit_call(struct tr_rec *rec, uint32_t call, uint32_t nargs,
                    const tr_ref *args);
tr_ref tr_const_int(struct tr_rec *rec, int64_t v);
tr_ref tr_const_flt(struct tr_rec *rec, double v);
tr_ref tr_const_val(struct tr_rec *rec, uint64_t bits);
tr_ref tr_const_ptr(struct tr_rec *rec, const void *p);
/* The constant's bits where [r] is one. */
bool tr_known(struct tr_rec *rec, tr_ref r, uint64_t *bits);

/* Leaves to the bytecode's start unless [cond] is as it was while recording. */
void tr_guard(struct tr_rec *rec, tr_ref cond, bool expected);
/* The same, leaving in the state of this moment with the host's [mode]: for
 * the check of a call's result after its effect. [mode] is not 0: 0 means that
 * the exit runs the bytecode again, and only such guards may be joined with
 * others or made to fail at random. */
void tr_guard_mode(struct tr_rec *rec, tr_ref cond, bool expected,
                   uint32_t mode);
/* Turns a value into a constant under a guard that it has these bits. */
tr_ref tr_promote(struct tr_rec *rec, tr_ref r, uint64_t bits);

/* Debug builds assert that no guard (of tr_guard) follows an effect within a
 * bytecode; the host calls this for effects that the tracer does not see. */
void tr_effect(struct tr_rec *rec);

/* Gives up; further emits do nothing. The reason is from aborts.def. */
enum tr_abort {
#define ABORT(name, text) TR_ABORT_##name,
#include "tracer/aborts.def"
#undef ABORT
    TR_NABORTS
};
void tr_abort(struct tr_rec *rec, enum tr_abort reason);
bool tr_aborted(const struct tr_rec *rec); /* also true once it is too long */
enum tr_abort tr_abort_reason(const struct tr_rec *rec);
/* Past max_trace or max_snapshots: end it with tr_finish_leave() at the next
 * tr_at(). A quarter later it is aborted. */
bool tr_is_long(const struct tr_rec *rec);
struct tr_site *tr_rec_site(const struct tr_rec *rec); /* NULL: a bridge */
enum tr_trace_kind tr_rec_kind(const struct tr_rec *rec);
uint32_t tr_rec_length(const struct tr_rec *rec);
/* The operation that made the value; TR_NOP for constants. */
enum tr_op tr_op_of(struct tr_rec *rec, tr_ref r);

/* Ends of a recording, each after a tr_at() that describes the state there (for
 * a loop: its head again); each optimises, compiles and installs. They return
 * the trace, or NULL where it was aborted (site or exit penalised); the
 * recorder is gone afterwards. tr_finish_abort() is for a recording that
 * tr_abort() ended. */
struct tr_trace *tr_finish_loop(struct tr_rec *rec);
/* Continue in another trace whose entry frame is at slot [tr_at's top]. */
struct tr_trace *tr_finish_link(struct tr_rec *rec, struct tr_trace *target);
/* Always leaves here; grows by a bridge (cut traces). */
struct tr_trace *tr_finish_leave(struct tr_rec *rec);
struct tr_trace *tr_finish_ret(struct tr_rec *rec, tr_ref value);
void tr_finish_abort(struct tr_rec *rec);

/* -- invalidation -- */

/* Facts that traces relied on. The host embeds one in whatever may change. */
struct tr_watch {
    NAC_VEC(struct tr_trace *) traces;
};
/* The trace being recorded relies on the fact; VALID guards protect it. */
void tr_depend(struct tr_rec *rec, struct tr_watch *watch);
/* The fact changed: every trace that relied on it is left at its next VALID
 * and never entered again; its site may become hot anew. */
void tr_invalidate(struct tr_jit *jit, struct tr_watch *watch);
/* The memory that holds the watch is about to be freed. */
void tr_watch_free(struct tr_jit *jit, struct tr_watch *watch);

/* -- events and statistics -- */

enum tr_event_kind {
    TR_EV_START,    /* recording began: site or exit */
    TR_EV_COMPILED, /* trace, host_ms */
    TR_EV_ABORTED,  /* reason */
    TR_EV_BLACKLISTED,
    TR_EV_INVALIDATED,
    TR_EV_EXIT_HOT,
    TR_EV_TIER2 /* a tree was emitted again as one method */
};
struct tr_event {
    enum tr_event_kind kind;
    const struct tr_trace *trace; /* or NULL */
    const struct tr_exit *exit;   /* bridges, exits */
    enum tr_abort reason;
    const char *detail; /* more about an abort, or NULL */
    uint64_t location;
    uint32_t ir_before, ir_after;
    double record_ms, optimise_ms, host_ms;
};
typedef void (*tr_listener)(void *arg, const struct tr_event *event);
void tr_listen(struct tr_jit *jit, tr_listener listener, void *arg);

struct tr_stats {
    uint64_t roots, bridges, tier2, aborts, invalidated, blacklisted;
    uint64_t entered, exits, ir_recorded, ir_emitted;
    uint64_t abort_reasons[TR_NABORTS];
    double record_ms, optimise_ms, backend_ms;
};
const struct tr_stats *tr_stats(const struct tr_jit *jit);
const char *tr_abort_text(enum tr_abort reason);

/* -- text (ir_print.c, ir_parse.c, verify.c) -- */

void tr_print_trace(struct nac_buf *out, const struct tr_host *host,
                    const struct tr_trace *trace);
void tr_print_ir(struct nac_buf *out, const struct tr_host *host,
                 const struct tr_code_ir *ir);
/* Reads the text form. 0, or -1 with "line N: message" in [why]. */
int tr_parse_ir(struct tr_code_ir *ir, const struct tr_host *host,
                const char *text, char *why, size_t whylen);
/* 0, or -1 with the broken invariant in [why]. */
int tr_verify(const struct tr_code_ir *ir, const struct tr_host *host,
              char *why, size_t whylen);

#endif
