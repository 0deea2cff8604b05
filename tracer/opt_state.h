/* SPDX-License-Identifier: MIT
 * tracer/opt_state.h: what the optimiser's files share; internal to them.
 *
 * The state falls into parts with an owner each: facts about references
 * (opt_range.c), value numbers (opt_cse.c), memory (opt_mem.c). Each can be
 * rolled back to a mark, because opt_loop.c emits the loop's body several
 * times until its assumptions hold.
 */
#ifndef TR_OPT_STATE_H
#define TR_OPT_STATE_H

#include "base/nanbox.h"
#include "tracer/opt.h"

/* What a value word may be, as a set. */
enum { TAG_INT = 1, TAG_FLT = 2, TAG_PTR = 4, TAG_OTHER = 8, TAG_ANY = 15 };

/* How far the address of a NEW has spread: nowhere; into other objects that
 * have not escaped; anywhere. */
enum { ESC_NONE, ESC_HELD, ESC_FULL };

struct tr_range {
    int64_t lo, hi;
};

/* What is known of an instruction's result. */
struct opt_info {
    struct tr_range range; /* I64 and COND */
    tr_ref eq;             /* the constant it equals since a guard, or none */
    uint32_t barrier;      /* number of the latest BARRIER on it */
    uint8_t tags;          /* VAL: TAG_ */
    uint8_t escape;        /* NEW: ESC_ */
};

/* "Location [loc] of the field holds [value]". loc: the object (plain fields)
 * or the AREF (arrays). */
struct opt_known {
    tr_ref loc, value;
    uint32_t store;      /* the store that wrote it, 0: a load told */
    uint32_t assumption; /* number in opt.assumed, 0: none (opt_loop.c) */
};

struct opt_field {
    NAC_VEC(struct opt_known) known;
    uint32_t last_store; /* chain of stores by opt.prev_store */
    uint32_t last_call;  /* latest call that may write it */
    uint32_t last_read;  /* latest load, 0 none */
};

struct opt_held {
    uint32_t holder, content; /* both NEW */
};

struct opt_mem {
    struct opt_field *fields; /* host->nfields of them */
    NAC_VEC(struct opt_held) held;
    uint32_t last_exit;    /* latest instruction at which memory is seen */
    uint32_t last_write;   /* latest store or call that writes */
    uint32_t last_collect; /* latest instruction that may collect garbage */
    uint32_t last_any;     /* latest call that may do anything */
    uint32_t last_valid;   /* latest VALID, 0 none */
};

struct opt_undo {
    uint32_t ref;
    struct opt_info old;
};

struct tr_opt {
    struct tr_code_ir *ir;
    const struct tr_host *host;
    const struct tr_params *params;
    NAC_VEC(struct opt_info) info; /* for each instruction */
    NAC_VEC(uint32_t) prev_store;  /* for each: earlier store, same field */
    NAC_VEC(uint32_t) chain;       /* for each: next of its hash bucket */
    NAC_VEC(uint32_t) kbarrier;    /* for each constant: latest BARRIER */
    uint32_t *buckets;
    NAC_VEC(struct opt_undo) trail;
    NAC_VEC(uint8_t) assumed; /* was the assumption used? 0 is unused */
    struct opt_mem mem;
    uint32_t loop; /* LOOP's number, 0 before it */
    bool log_undo; /* changes of info go to the trail */
    bool contradiction;
    struct tr_head head;
};

/* What folding answers besides a reference. */
#define FOLD_NO    ((tr_ref){UINT32_MAX})     /* nothing: go on */
#define FOLD_AGAIN ((tr_ref){UINT32_MAX - 1}) /* *ins changed: fold again */

/* -- opt.c -- */
/* Appends as it is, with facts; no folding. */
tr_ref tr_opt_append(struct tr_opt *o, struct tr_ins ins);
tr_ref tr_opt_emit1(struct tr_opt *o, enum tr_op op, tr_ref a);
tr_ref tr_opt_emit2(struct tr_opt *o, enum tr_op op, tr_ref a, tr_ref b);
tr_ref tr_opt_int(struct tr_opt *o, int64_t v);
tr_ref tr_opt_flt(struct tr_opt *o, double v);
tr_ref tr_opt_bool(struct tr_opt *o, bool v);

static inline const struct tr_ins *
opt_ins(const struct tr_opt *o, tr_ref r)
{
    return &o->ir->ins.items[r.n];
}

/* The operation that made [r]; NOP for constants. */
static inline enum tr_op
opt_op(const struct tr_opt *o, tr_ref r)
{
    return tr_is_const(r) ? TR_NOP : (enum tr_op)opt_ins(o, r)->op;
}

static inline uint64_t
opt_bits(const struct tr_opt *o, tr_ref k)
{
    return tr_ir_k(o->ir, k)->bits;
}

/* -- opt_fold.c, opt_fold_flt.c, opt_fold_val.c -- */
tr_ref tr_opt_fold(struct tr_opt *o, struct tr_ins *ins);
tr_ref tr_opt_fold_flt(struct tr_opt *o, struct tr_ins *ins);
tr_ref tr_opt_fold_val(struct tr_opt *o, struct tr_ins *ins);
/* Is the value known to be an int that fits int64? */
bool tr_opt_is_wide(const struct tr_opt *o, tr_ref v);

/* -- opt_cse.c -- */
tr_ref tr_opt_cse_find(const struct tr_opt *o, struct tr_ins ins);
void tr_opt_cse_add(struct tr_opt *o, uint32_t n);
void tr_opt_cse_remove(struct tr_opt *o, uint32_t n); /* newest first */

/* -- opt_range.c -- */
struct tr_range tr_opt_range(const struct tr_opt *o, tr_ref r);
uint8_t tr_opt_tags(const struct tr_opt *o, tr_ref r);
uint8_t tr_opt_word_tag(uint64_t bits);
/* The facts that an instruction's operation alone tells. */
void tr_opt_describe(struct tr_opt *o, const struct tr_ins *ins,
                     struct opt_info *info);
/* The condition is known to be [truth] from here on. */
void tr_opt_learn(struct tr_opt *o, tr_ref cond, bool truth);
/* [r] lies in lo..hi from here on. */
void tr_opt_narrow(struct tr_opt *o, tr_ref r, int64_t lo, int64_t hi);
/* For writing: logs the old content where it may be rolled back. */
struct opt_info *tr_opt_info(struct tr_opt *o, tr_ref r);
bool tr_opt_signed_fits(struct tr_range r, unsigned bits);
/* The comparison that holds where [op] does not, or NOP. */
enum tr_op tr_opt_inverse(enum tr_op op);
/* a [op] b by ranges: 1, 0 or -1. */
int tr_opt_compare(enum tr_op op, struct tr_range a, struct tr_range b);

/* -- opt_mem.c -- */
void tr_opt_mem_init(struct tr_opt *o);
void tr_opt_mem_free(struct opt_mem *m, uint32_t nfields);
void tr_opt_mem_copy(struct opt_mem *to, const struct opt_mem *from,
                     uint32_t nfields);
tr_ref tr_opt_mem_load(struct tr_opt *o, struct tr_ins ins);
void tr_opt_mem_store(struct tr_opt *o, struct tr_ins ins);
void tr_opt_mem_barrier(struct tr_opt *o, struct tr_ins ins);
tr_ref tr_opt_mem_call(struct tr_opt *o, struct tr_ins ins);
/* Addresses differ: 0; may be equal: -1; are equal: 1. */
int tr_opt_alias(const struct tr_opt *o, tr_ref x, tr_ref y);
void tr_opt_escape(struct tr_opt *o, tr_ref r);
/* What the location holds, or none. [use]: something will be made of it, so an
 * assumption that it rests on counts as used. */
tr_ref tr_opt_mem_lookup(struct tr_opt *o, uint32_t field, tr_ref loc,
                         bool use);
void tr_opt_mem_know(struct tr_opt *o, uint32_t field, tr_ref loc, tr_ref value,
                     uint32_t store, uint32_t assumption);
/* What a location of a NEW holds where nothing was stored to it, or none. */
tr_ref tr_opt_mem_initial(struct tr_opt *o, uint32_t field, tr_ref loc);
/* [r] without BOX_PTR, AREF and PADD. */
tr_ref tr_opt_strip(const struct tr_opt *o, tr_ref r);
/* The object that the location lies in. */
static inline tr_ref
opt_base(const struct tr_opt *o, tr_ref loc)
{
    return opt_op(o, loc) == TR_AREF ? opt_ins(o, loc)->a : loc;
}

/* -- opt_dce.c, opt_sink.c, opt_coalesce.c: bytes per instruction -- */
void tr_opt_live(const struct tr_opt *o, const uint8_t *sunk, uint8_t *live);
bool tr_opt_sink(const struct tr_opt *o, const uint8_t *live, uint8_t *sunk);
/* The live instructions' numbers in their new order. Those from [old] on were
 * added while it was made; none of them is sunk. */
struct opt_order {
    NAC_VEC(uint32_t) at;
    uint32_t old;
};
void tr_opt_coalesce(struct tr_opt *o, const uint8_t *live,
                     struct opt_order *order);
void tr_opt_compact(struct tr_opt *o, const struct opt_order *order,
                    uint8_t **sunk);

#endif
