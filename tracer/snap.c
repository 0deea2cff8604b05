/* SPDX-License-Identifier: MIT
 * tracer/snap.c: snapshots. A snapshot says what the interpreter's frame words
 * must hold at an exit; it lists only words that differ from what memory
 * held when the trace was entered, because frame words are written back at
 * exits alone. The recorder builds one when the first guard of a bytecode
 * asks for it; the bytecode's other guards share it.
 */
#include "config.h"

#include "base/check.h"
#define TR_INTERNAL
#include "tracer/jit.h"

/* Is the slot's value what memory holds anyhow? */
static bool
unchanged(const struct tr_rec *rec, int32_t slot, tr_ref r)
{
    const struct tr_ins *i;

    if (tr_is_none(r))
        return true;
    if (tr_is_const(r))
        return false;
    i = tr_ir_ins(rec->ir, r);
    return i->op == TR_SLOT && (int32_t)i->a.n == slot;
}

uint32_t
tr_snap_build(struct tr_rec *rec, uint32_t mode)
{
    struct tr_code_ir *ir = rec->ir;
    struct tr_snap s = {.first = ir->ents.len,
                        .top = rec->top,
                        .depth = rec->depth,
                        .pc = rec->pc,
                        .mode = mode,
                        .words = rec->words < 0 ? 0 : (uint32_t)rec->words};
    uint32_t i;

    for (i = 0; i < rec->high; i++) {
        int32_t slot = (int32_t)i + TR_LEAST_SLOT;

        if (slot >= rec->words)
            break;
        if (unchanged(rec, slot, rec->slots[i]))
            continue;
        nac_vec_push(
            &ir->ents,
            (struct tr_snapent){slot, tr_opt_resolve(rec->opt, rec->slots[i])});
        s.count++;
    }
    nac_vec_push(&ir->snaps, s);
    return ir->snaps.len - 1;
}
