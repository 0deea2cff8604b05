/* SPDX-License-Identifier: MIT
 * tracer/opt.h: the optimiser. The recorder sends every instruction through
 * tr_opt_emit(), which folds, numbers values, forwards loads and drops guards
 * that cannot fail, and appends what is left. At the end of a recording
 * tr_opt_loop() peels the loop (where there is one) and tr_opt_finish() sinks
 * allocations, joins guards and removes dead code.
 *
 *     o = tr_opt_new(&ir, host, params);
 *     r = tr_opt_emit(o, (struct tr_ins){.op = TR_ADD, .a = x, .b = y});
 *     ...
 *     loop:    if (tr_opt_loop(o, end_snapshot) != TR_OPT_LOOPED)
 *                  tr_opt_emit(o, LINK to the trace itself, end_snapshot);
 *     others:  tr_opt_emit(o, LINK, LEAVE or RET);
 *     tr_opt_finish(o, &sunk);
 *     tr_opt_free(o);
 *
 * What the rest of the tracer and the back-ends may rely on:
 *
 * 1. Shape of a looping trace: pre-roll, LOOP, PHIs directly after LOOP (their
 *    operand a stands before LOOP, their operand b refers forward or to any
 *    earlier instruction, another PHI included), body, JUMP last. At JUMP all
 *    PHIs take the values of their operands b at the same time.
 * 2. A snapshot in the body lists every word that the pre-roll or the body
 *    wrote, not only what the body wrote: memory below the trace still holds
 *    what it held at entry. Like those of the recorder it is sorted by slot and
 *    lists no word at or above snap.words.
 * 3. sunk[i] = 1: instruction i has no code. It is
 *      - a NEW of which only exits know: the exit makes it;
 *      - an FSTORE, ASTORE, AREF or BARRIER of such a NEW;
 *      - a BOX_INT, BOX_WIDE, BOX_FLT, BOX_PTR or BOX_BOOL that only exits
 *        (and sunk stores) use: the exit boxes the operand, which may be a
 *        sunk NEW.
 *    The content of a sunk object at an exit: its first word is operand b of
 *    the NEW, the rest is zero, and then every FSTORE and ASTORE to it that
 *    stands before the guard in instruction order, in that order (the last
 *    one to a word wins). The index of its AREFs is a constant. Two words or
 *    fields that name the same NEW get the same object, per exit. Sunk objects
 *    may hold other sunk objects; they never form a cycle. A NEW of the
 *    pre-roll is never stored to in the body, so the walk for an exit of the
 *    body may be restricted to the half in which the NEW stands.
 *    BARRIER, AREF: nothing to do at the exit; the object is new.
 * 4. The snapshot of a LINK counts as an escape: all its words are values that
 *    the trace has computed, none is sunk. The snapshot of a LEAVE is an exit.
 * 5. CARG, PAIR: no code of their own; live while their user is.
 * 6. Instruction 0 is a NOP; there is no other one after tr_opt_finish().
 *    Snapshots that no guard uses any more stay in the table.
 * 7. A guard that tr_opt_finish() joined has an AND of conditions, and the
 *    place and the snapshot of the first of them. Guards whose snapshot has a
 *    mode other than 0 are never joined.
 * 8. Facts hold from a guard on, so a later instruction may be executed for
 *    nothing but never wrongly: whatever traps or touches memory stays behind
 *    the guards that stood before it.
 */
#ifndef TR_OPT_H
#define TR_OPT_H

#include "tracer/tracer.h"

struct tr_opt;

enum tr_opt_looped {
    TR_OPT_LOOPED,   /* LOOP, body and JUMP were appended */
    TR_OPT_UNSTABLE, /* the second pass cannot pass a guard of the first */
    TR_OPT_OFF       /* switched off, too long or nothing to gain */
};

/* [ir] is initialised and empty or holds what was emitted so far through
 * tr_ir_append() (then nothing is known about it). Both must outlive [o]. */
struct tr_opt *tr_opt_new(struct tr_code_ir *ir, const struct tr_host *host,
                          const struct tr_params *params);
void tr_opt_free(struct tr_opt *o);

/* Emits one instruction: the reference of its value, which may be a constant
 * or an older instruction. [kind] need be set only for ARG, PHI, SELECT and
 * PAIR. Guards, stores and marks return TR_NONE. */
tr_ref tr_opt_emit(struct tr_opt *o, struct tr_ins ins);

/* What is known of a condition: 1, 0, or -1 nothing. A guard on a known
 * condition needs no snapshot. */
int tr_opt_truth(struct tr_opt *o, tr_ref cond);

/* The constant that the guards passed so far make of [r], else [r]. Snapshots
 * taken from now on may use it in place of [r]. */
tr_ref tr_opt_resolve(struct tr_opt *o, tr_ref r);

/* A guard was emitted that can never hold (a recording that sees this is
 * broken or its trace is of no use): abort with TR_ABORT_UNSTABLE. */
bool tr_opt_contradiction(const struct tr_opt *o);

/* Peels the loop: what was emitted so far is one pass through it, and
 * [end_snap] describes its last state, at the loop's head again: every word
 * changed since entry. Unless the result is TR_OPT_LOOPED the IR is as it was
 * before. Snapshots that were taken so far must be sorted by slot. */
enum tr_opt_looped tr_opt_loop(struct tr_opt *o, uint32_t end_snap);

/* After TR_OPT_LOOPED: what the loop carries, to be freed by the caller; its
 * snap is the number of HEAD's snapshot. items is NULL where it cannot be told
 * to bridges. */
struct tr_head tr_opt_take_head(struct tr_opt *o);

/* For attempts: after tr_opt_try() instructions can be taken back, with all
 * that was learnt, by tr_opt_untry(); then nothing but the end of the trace
 * may be emitted. */
struct tr_opt_try {
    uint32_t ins, snaps, ents, trail;
};
struct tr_opt_try tr_opt_try(struct tr_opt *o);
void tr_opt_untry(struct tr_opt *o, struct tr_opt_try mark);

/* Sets written[f] for every field that the call may write. */
void tr_opt_call_writes(const struct tr_host *host, const struct tr_call *call,
                        uint8_t *written);

/* The passes over the finished trace. *sunk becomes an array of ir->ins.len
 * bytes of nac_malloc, or NULL where nothing was sunk. Nothing may be emitted
 * afterwards. */
void tr_opt_finish(struct tr_opt *o, uint8_t **sunk);

/* Optimises the recorded IR [ir] in place, for tests and tools: sends it
 * through tr_opt_emit() instruction by instruction. A LINK to trace 0 at the
 * end means "itself": the loop is peeled. The switches in [params] choose the
 * passes; [finish] false leaves out tr_opt_finish(). What has a LOOP already
 * stays as it is. Returns what tr_opt_loop() said, TR_OPT_OFF for other ends,
 * or -1 after a contradiction (the IR is then of no use). */
int tr_opt_run(struct tr_code_ir *ir, const struct tr_host *host,
               const struct tr_params *params, bool finish, uint8_t **sunk);

/* Only a pure call that returns a number is sure not to allocate. */
static inline bool
tr_opt_may_collect(const struct tr_call *call)
{
    return (call->flags & TR_CALL_EFFECT) != TR_CALL_PURE ||
           call->result == TR_VAL || call->result == TR_PTR;
}

#endif
