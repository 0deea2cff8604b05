/* SPDX-License-Identifier: MIT
 * tracer/ir.h: the trace IR. A trace is a linear array of instructions in SSA
 * form; a reference is the number of the instruction that made a value, or the
 * number of a constant with the topmost bit set. Snapshots say, for every way
 * out, what the interpreter's frame words must hold there.
 *
 * Invariants (tr_verify checks them):
 *   - an operand refers to an earlier instruction, except the second operand
 *     of a PHI;
 *   - SLOT, ARG and BASE may stand anywhere, but SLOT and ARG read state as it
 *     was at entry, so back-ends load them before the first LOOP;
 *   - at most one LOOP; the PHIs stand directly after it; a trace with LOOP
 *     ends with JUMP, one without ends with LINK, LEAVE or RET;
 *   - FLOAD and ALOAD have the kind of their field; narrow integer fields are
 *     I64 in the IR.
 */
#ifndef TR_IR_H
#define TR_IR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

enum tr_kind { TR_VOID, TR_I64, TR_F64, TR_VAL, TR_PTR, TR_COND, TR_ANY };

enum tr_op {
#define IR(name, result, a, b, field, effect, text) TR_##name,
#include "tracer/irops.def"
#undef IR
    TR_NOPS
};

enum tr_effect {
    TR_PURE,
    TR_LOAD,
    TR_STORE,
    TR_ALLOC,
    TR_GUARD,
    TR_EFFECT_CALL,
    TR_MARK
};
enum tr_operand { TR_OPND_NONE, TR_OPND_REF, TR_OPND_SNAP, TR_OPND_LIT };
enum tr_fieldkind {
    TR_FIELD_NONE,
    TR_FIELD_FLD,
    TR_FIELD_CALL,
    TR_FIELD_NUM,
    TR_FIELD_BITS
};

/* Greatest float64 product that MULWIDE accepts: each of its three roundings
 * errs by less than 2^10. */
#define TR_MULWIDE_MAX 9223372036854767616.0 /* 2^63 - 2^13 */

/* A reference to an instruction or to a constant; {0} is "none" (instruction
 * number 0 is a NOP that every trace begins with). */
typedef struct tr_ref {
    uint32_t n;
} tr_ref;

#define TR_CONST_BIT UINT32_C(0x80000000)
#define TR_NONE      ((tr_ref){0})

static inline bool
tr_is_none(tr_ref r)
{
    return r.n == 0;
}

static inline bool
tr_is_const(tr_ref r)
{
    return (r.n & TR_CONST_BIT) != 0;
}

static inline bool
tr_same(tr_ref a, tr_ref b)
{
    return a.n == b.n;
}

struct tr_ins {
    uint8_t op;     /* enum tr_op */
    uint8_t kind;   /* enum tr_kind of the result */
    uint16_t field; /* tr_field, tr_call, bits; for guards and ends: the exit's
                       number */
    tr_ref a;       /* REF; LIT and SNAP operands are in a.n or b.n too */
    tr_ref b;
};

struct tr_constant {
    uint64_t bits; /* int64, float's bits, value word, address */
    uint32_t next; /* number + 1 of the next constant of the same bits, or 0 */
    uint8_t kind;
};

/* One word of a frame at an exit: word [slot] (signed, relative to the entry
 * frame's base) holds the value [ref]. A ref of kind VAL is written as a value
 * word, one of kind I64, F64, PTR or COND raw. A NEW that was sunk is made
 * anew by the exit; a BOX_* is done by the exit (its operand is spilled). Words
 * that are not listed hold what they held at entry, or are dead. */
struct tr_snapent {
    int32_t slot;
    tr_ref ref;
};

struct tr_snap {
    uint32_t first, count; /* entries */
    int32_t top;           /* word where the current frame's base lies */
    uint32_t depth;        /* inlined frames above the entry frame */
    uint64_t pc;           /* the host's: where to go on */
    uint32_t mode;  /* the host's: how (0 = run pc, others: unwind ...) */
    uint32_t words; /* frame words from the entry base that are live at all */
};

struct tr_code_ir {
    NAC_VEC(struct tr_ins) ins;
    NAC_VEC(struct tr_constant) consts;
    NAC_VEC(struct tr_snap) snaps;
    NAC_VEC(struct tr_snapent) ents;
    struct nac_map const_index; /* (kind, bits) -> constant number */
};

struct tr_opinfo {
    const char *name;
    uint8_t result; /* enum tr_kind */
    uint8_t a, b;   /* enum tr_operand */
    uint8_t field;  /* enum tr_fieldkind */
    uint8_t effect; /* enum tr_effect */
    const char *text;
};

extern const struct tr_opinfo tr_opinfo[TR_NOPS];
extern const char *const tr_kind_name[]; /* void i64 f64 val ptr cond any */

void tr_ir_init(struct tr_code_ir *ir);
void tr_ir_free(struct tr_code_ir *ir);
/* Appends without folding; returns the reference. */
tr_ref tr_ir_append(struct tr_code_ir *ir, struct tr_ins ins);
/* Does [op] make a value word of a raw value? */
bool tr_op_boxes(enum tr_op op);
/* Is [op] a guard or an end that leaves by its snapshot? Not LINK, HEAD and
 * JOINED, whose snapshots are for other uses. */
bool tr_op_exits(enum tr_op op);
/* The constant of this kind and these bits, the same reference every time. */
tr_ref tr_ir_const(struct tr_code_ir *ir, enum tr_kind kind, uint64_t bits);

static inline struct tr_ins *
tr_ir_ins(const struct tr_code_ir *ir, tr_ref r)
{
    return &ir->ins.items[r.n];
}

static inline struct tr_constant *
tr_ir_k(const struct tr_code_ir *ir, tr_ref r)
{
    return &ir->consts.items[r.n & ~TR_CONST_BIT];
}

static inline enum tr_kind
tr_ir_kind(const struct tr_code_ir *ir, tr_ref r)
{
    return (enum tr_kind)(tr_is_const(r) ? tr_ir_k(ir, r)->kind
                                         : tr_ir_ins(ir, r)->kind);
}

#endif
