/* SPDX-License-Identifier: MIT
 * tracer/jit.h: what the files of tracer/ know of each other: the JIT, a
 * running recording, the plans of exits. Private to this folder.
 */
#ifndef TR_INTERNAL
#error "tracer/jit.h is private to tracer/"
#endif
#ifndef TR_JIT_H
#define TR_JIT_H

#include "tracer/opt.h"
#include "tracer/tracer.h"

struct tr_listening {
    tr_listener fn;
    void *arg;
};

struct tr_jit {
    struct tr_host host; /* the host's, with tables extended */
    struct tr_field *fields;
    struct tr_call *calls;
    uint16_t passes_field; /* "tr.passes" */
    uint16_t stress_call;  /* "tr.stress" */
    const struct tr_backend *backend;
    int started; /* 0 not yet, 1 yes, -1 it cannot */
    char start_why[200];
    bool enabled;
    uint32_t running; /* trace frames that are entered now */
    uint32_t random;
    struct tr_params params;
    NAC_VEC(struct tr_trace *) traces; /* number i has id i + 1 */
    NAC_VEC(struct tr_trace *) failed; /* compiled halfway: freed at the end */
    NAC_VEC(struct tr_listening) listeners;
    struct tr_rec *rec; /* the recording that runs */
    struct tr_stats stats;
    const char *dump_dir;
    void *eval_data; /* eval.c: prepared calls */
};

/* -- recorder.c -- */

enum { TR_LEAST_SLOT = -16, TR_MOST_SLOT = 1 << 20 };

struct tr_undo {
    int32_t slot;
    tr_ref old;
};

struct tr_rec {
    struct tr_jit *jit;
    struct tr_trace *trace;
    struct tr_code_ir *ir; /* the trace's */
    struct tr_opt *opt;
    struct tr_site *site; /* root */
    struct tr_exit *exit; /* bridge: where it begins */
    uint64_t *base;

    /* the bytecode that is recorded */
    uint64_t pc;
    int32_t top, words;
    uint32_t depth;
    bool begun;        /* tr_at() was called */
    bool want_valid;   /* emit VALID at the next tr_at() */
    bool effect;       /* the bytecode had an observable effect */
    uint32_t first;    /* instructions before this bytecode */
    uint32_t at_mode;  /* of its snapshot; 0: exits run it again */
    int64_t snap;      /* its snapshot, -1: not built yet */
    int64_t mode_snap; /* snapshot of tr_guard_mode(), -1: none */
    uint32_t mode;     /* its mode */

    /* slot map: slots[i] is the value of slot i + TR_LEAST_SLOT; none: as in
     * memory at entry */
    tr_ref *slots;
    uint32_t cap, high;           /* allocated; in use */
    NAC_VEC(struct tr_undo) undo; /* slots changed since tr_at() */

    NAC_VEC(struct tr_watch *) watches;
    enum tr_abort reason;
    const char *detail;
    double started_ms;
};

/* -- snap.c -- */

/* Describes the recorder's slots; returns the snapshot's number. */
uint32_t tr_snap_build(struct tr_rec *rec, uint32_t mode);

/* -- exit.c -- */

/* How one word is rebuilt: where from, then boxed by [box] (0: not). */
struct tr_word {
    uint8_t source; /* enum tr_source */
    uint8_t box;    /* enum tr_op: BOX_*, or 0 */
    uint8_t kind;   /* enum tr_kind, before boxing */
    int32_t index;
};

struct tr_plan_word {
    int32_t slot;
    struct tr_word word;
};

struct tr_plan_object {
    uint32_t ins; /* the NEW */
    uint32_t size;
    struct tr_word head;
};

struct tr_plan_store {
    uint32_t ins; /* the FSTORE or ASTORE */
    uint32_t object;
    int32_t offset;
    uint8_t bytes, kind;
    struct tr_word word;
};

struct tr_plan {
    NAC_VEC(struct tr_plan_word) words;
    NAC_VEC(struct tr_plan_object) objects;
    NAC_VEC(struct tr_plan_store) stores;
    NAC_VEC(tr_ref) spill;
};

/* Makes the exits of a trace whose IR is final and numbers them in its guards.
 * TR_ABORT_NONE or why it cannot. */
enum tr_abort tr_exit_layout(struct tr_jit *jit, struct tr_trace *trace);
void tr_exit_free(struct tr_trace *trace);
/* Writes the words of the exit's snapshot to the frame at tf->base. */
void tr_restore(struct tr_jit *jit, const struct tr_exit *exit,
                struct tr_frame *tf);
/* Sets the slots of a bridge's recorder to what the exit's snapshot says. */
void tr_exit_replay(struct tr_rec *rec, const struct tr_exit *exit);
/* The card of the object at p, if the host has cards. */
void tr_exit_barrier(const struct tr_host *host, uint64_t p);

/* VALID where facts may have changed since the last one. */
void tr_rec_valid(struct tr_rec *rec);

/* -- join.c -- */

/* Is the exit taken from within the loop of its tree's root only? */
bool tr_join_inside(const struct tr_exit *exit);
/* Before the LINK of a bridge to [target]: emits what it takes to go on in the
 * root's loop instead, where that can be. */
void tr_join(struct tr_rec *rec, struct tr_trace *target);

/* -- tree.c -- */

/* Compiles the recorder's finished trace and installs it. */
enum tr_abort tr_tree_install(struct tr_rec *rec, const char **detail);
/* Puts the counter of passes before a bridge's first instruction. */
void tr_tree_count(struct tr_jit *jit, struct tr_trace *trace);
/* The counter of a bridge ran out: emits the tree again as one method. */
void tr_tree_tier2(struct tr_jit *jit, struct tr_trace *bridge);
void tr_tree_invalidate(struct tr_jit *jit, struct tr_trace *trace);
void tr_trace_free(struct tr_trace *trace);

/* -- hot.c -- */

/* A recording from this place was aborted. */
void tr_hot_penalty(struct tr_jit *jit, struct tr_site *site,
                    enum tr_abort reason);
void tr_hot_exit_penalty(struct tr_jit *jit, struct tr_exit *exit,
                         enum tr_abort reason);
/* The site's trace was invalidated. */
void tr_hot_again(struct tr_jit *jit, struct tr_site *site);
/* Counts the exit; should a bridge be recorded? */
bool tr_hot_exit(struct tr_jit *jit, struct tr_exit *exit);
uint32_t tr_hot_random(struct tr_jit *jit);

/* -- events.c -- */

void tr_event(struct tr_jit *jit, struct tr_event event);
double tr_now_ms(void);

/* -- tracer.c -- */

/* Starts the back-end when it is needed first. */
bool tr_jit_start(struct tr_jit *jit);

#endif
