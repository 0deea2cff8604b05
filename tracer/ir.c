/* SPDX-License-Identifier: MIT
 * tracer/ir.c: the buffer that holds the IR of one trace, and the table of
 * what every operation is (made from irops.def). The recorder and the
 * optimiser append here; everyone else reads.
 */
#include "config.h"

#include "tracer/ir.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

/* The columns of irops.def, spelled as they stand there. */
enum {
    R_VOID = TR_VOID,
    R_I64 = TR_I64,
    R_F64 = TR_F64,
    R_VAL = TR_VAL,
    R_PTR = TR_PTR,
    R_COND = TR_COND,
    R_ANY = TR_ANY,
    O_NONE = TR_OPND_NONE,
    O_REF = TR_OPND_REF,
    O_SNAP = TR_OPND_SNAP,
    O_LIT = TR_OPND_LIT,
    F_NONE = TR_FIELD_NONE,
    F_FLD = TR_FIELD_FLD,
    F_CALL = TR_FIELD_CALL,
    F_NUM = TR_FIELD_NUM,
    F_BITS = TR_FIELD_BITS,
    E_PURE = TR_PURE,
    E_LOAD = TR_LOAD,
    E_STORE = TR_STORE,
    E_ALLOC = TR_ALLOC,
    E_GUARD = TR_GUARD,
    E_CALL = TR_EFFECT_CALL,
    E_MARK = TR_MARK
};

const struct tr_opinfo tr_opinfo[TR_NOPS] = {
#define IR(name, result, a, b, field, effect, text)                            \
    {#name, R_##result, O_##a, O_##b, F_##field, E_##effect, text},
#include "tracer/irops.def"
#undef IR
};

const char *const tr_kind_name[] = {"void", "i64",  "f64", "val",
                                    "ptr",  "cond", "any"};

void
tr_ir_init(struct tr_code_ir *ir)
{
    memset(ir, 0, sizeof *ir);
    nac_vec_push(&ir->ins, (struct tr_ins){.op = TR_NOP});
}

void
tr_ir_free(struct tr_code_ir *ir)
{
    nac_vec_free(&ir->ins);
    nac_vec_free(&ir->consts);
    nac_vec_free(&ir->snaps);
    nac_vec_free(&ir->ents);
    nac_map_free(&ir->const_index);
}

tr_ref
tr_ir_append(struct tr_code_ir *ir, struct tr_ins ins)
{
    tr_ref r = {ir->ins.len};

    ASSERT(ins.op < TR_NOPS, "operation %d", ins.op);
    if (tr_opinfo[ins.op].result != TR_ANY)
        ins.kind = tr_opinfo[ins.op].result;
    nac_vec_push(&ir->ins, ins);
    return r;
}

bool
tr_op_boxes(enum tr_op op)
{
    return op >= TR_BOX_INT && op <= TR_BOX_BOOL;
}

bool
tr_op_exits(enum tr_op op)
{
    return tr_opinfo[op].b == TR_OPND_SNAP && op != TR_LINK && op != TR_HEAD &&
           op != TR_JOINED;
}

/* The index maps the bits to the newest constant that has them; constants of
 * equal bits and different kind are chained. */
tr_ref
tr_ir_const(struct tr_code_ir *ir, enum tr_kind kind, uint64_t bits)
{
    uint64_t *head = nac_map_at_int(&ir->const_index, bits);
    uint32_t n;

    for (n = (uint32_t)*head; n; n = ir->consts.items[n - 1].next)
        if (ir->consts.items[n - 1].kind == kind)
            return (tr_ref){(n - 1) | TR_CONST_BIT};
    nac_vec_push(&ir->consts,
                 (struct tr_constant){bits, (uint32_t)*head, (uint8_t)kind});
    *head = ir->consts.len;
    return (tr_ref){(ir->consts.len - 1) | TR_CONST_BIT};
}
