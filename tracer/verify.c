/* SPDX-License-Identifier: MIT
 * tracer/verify.c: checks the invariants of the IR that ir.h, irops.def and
 * opt.h promise. Run after every pass where --jit-verify is on, on text that
 * tools read, and by tests. It trusts nothing: every index is checked before
 * it is used.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>

#include "tracer/tracer.h"

struct check {
    const struct tr_code_ir *ir;
    const struct tr_host *host;
    uint32_t loop; /* where LOOP stands, 0: none yet */
    char *why;
    size_t whylen;
};

static int broken(const struct check *c, uint32_t n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static int
broken(const struct check *c, uint32_t n, const char *fmt, ...)
{
    va_list ap;
    int len = snprintf(c->why, c->whylen, "instruction %u (%s): ", n,
                       n < c->ir->ins.len && c->ir->ins.items[n].op < TR_NOPS
                           ? tr_opinfo[c->ir->ins.items[n].op].name
                           : "?");

    if (len > 0 && (size_t)len < c->whylen) {
        va_start(ap, fmt);
        vsnprintf(c->why + len, c->whylen - (size_t)len, fmt, ap);
        va_end(ap);
    }
    return -1;
}

/* Is [r] a reference that instruction n may use? */
static bool
in_range(const struct check *c, uint32_t n, tr_ref r)
{
    if (tr_is_const(r))
        return (r.n & ~TR_CONST_BIT) < c->ir->consts.len;
    return r.n != 0 && r.n < n;
}

static int
is_list(const struct check *c, tr_ref r, enum tr_op op)
{
    return !tr_is_const(r) && tr_ir_ins(c->ir, r)->op == op;
}

/* May an operand of kind [have] stand where [want] is asked for? Conditions
 * are ints of 0 and 1. */
static bool
fits(int want, int have)
{
    return want == have || want == TR_ANY ||
           (want == TR_I64 && have == TR_COND);
}

static int
want(const struct check *c, uint32_t n, const char *which, tr_ref r, int kind)
{
    int have = tr_ir_kind(c->ir, r);

    if (!fits(kind, have))
        return broken(c, n, "operand %s is %s, not %s", which,
                      tr_kind_name[have < TR_ANY ? have : TR_ANY],
                      tr_kind_name[kind]);
    return 0;
}

static int
pair_of(const struct check *c, uint32_t n, int a, int b)
{
    const struct tr_ins *i = &c->ir->ins.items[n];

    if (want(c, n, "a", i->a, a))
        return -1;
    return tr_opinfo[i->op].b == TR_OPND_REF ? want(c, n, "b", i->b, b) : 0;
}

static int
check_field(const struct check *c, uint32_t n)
{
    const struct tr_ins *i = &c->ir->ins.items[n];
    const struct tr_field *f;

    if (!c->host)
        return 0;
    if (i->field == 0 || i->field >= c->host->nfields)
        return broken(c, n, "field %u of %u", i->field, c->host->nfields);
    f = &c->host->fields[i->field];
    if (i->op == TR_AREF || i->op == TR_ALOAD || i->op == TR_ASTORE) {
        if (f->stride == 0)
            return broken(c, n, "%s is not an array", f->name);
    } else if (f->stride != 0) {
        return broken(c, n, "%s is an array", f->name);
    }
    if ((i->op == TR_FLOAD || i->op == TR_ALOAD) && i->kind != f->kind)
        return broken(c, n, "%s is %s", f->name, tr_kind_name[f->kind]);
    if (i->op == TR_FSTORE || i->op == TR_ASTORE)
        return want(c, n, "b", i->b, f->kind);
    return 0;
}

static int
check_memory(const struct check *c, uint32_t n)
{
    const struct tr_ins *i = &c->ir->ins.items[n];

    if (want(c, n, "a", i->a, TR_PTR))
        return -1;
    if (i->op == TR_AREF && want(c, n, "b", i->b, TR_I64))
        return -1;
    if (i->op == TR_ALOAD || i->op == TR_ASTORE) {
        if (!is_list(c, i->a, TR_AREF))
            return broken(c, n, "operand a is not an AREF");
        if (tr_ir_ins(c->ir, i->a)->field != i->field)
            return broken(c, n, "the AREF is of another field");
    }
    return check_field(c, n);
}

static int
check_call(const struct check *c, uint32_t n)
{
    const struct tr_ins *i = &c->ir->ins.items[n];
    const struct tr_call *call;
    uint32_t args = 0;
    tr_ref r;

    for (r = i->a; !tr_is_none(r); r = tr_ir_ins(c->ir, r)->a, args++)
        if (!is_list(c, r, TR_CARG))
            return broken(c, n, "operand a is not an argument list");
    if (!c->host)
        return 0;
    if (i->field == 0 || i->field >= c->host->ncalls)
        return broken(c, n, "call %u of %u", i->field, c->host->ncalls);
    call = &c->host->calls[i->field];
    if (args != call->nargs)
        return broken(c, n, "%s takes %u arguments, not %u", call->name,
                      call->nargs, args);
    if (i->kind != call->result)
        return broken(c, n, "%s returns %s", call->name,
                      tr_kind_name[call->result]);
    for (r = i->a; args-- > 0; r = tr_ir_ins(c->ir, r)->a)
        if (want(c, n, call->name, tr_ir_ins(c->ir, r)->b, call->args[args]))
            return -1;
    return 0;
}

static int
check_select(const struct check *c, uint32_t n)
{
    const struct tr_ins *i = &c->ir->ins.items[n];
    const struct tr_ins *p;

    if (want(c, n, "a", i->a, TR_I64))
        return -1;
    if (!is_list(c, i->b, TR_PAIR))
        return broken(c, n, "operand b is not a PAIR");
    p = tr_ir_ins(c->ir, i->b);
    if (!fits(i->kind, tr_ir_kind(c->ir, p->a)) ||
        !fits(i->kind, tr_ir_kind(c->ir, p->b)))
        return broken(c, n, "the PAIR is not %s", tr_kind_name[i->kind]);
    return 0;
}

static int
check_phi(const struct check *c, uint32_t n)
{
    const struct tr_ins *i = &c->ir->ins.items[n];
    int before = c->ir->ins.items[n - 1].op;

    if (!c->loop || (before != TR_LOOP && before != TR_PHI))
        return broken(c, n, "not directly after LOOP");
    if (!tr_is_const(i->a) && i->a.n >= c->loop)
        return broken(c, n, "operand a stands after LOOP");
    if (want(c, n, "a", i->a, i->kind) || want(c, n, "b", i->b, i->kind))
        return -1;
    return 0;
}

/* CARG and PAIR have no code of their own: only what they are made for may
 * refer to them. */
static int
check_list_use(const struct check *c, uint32_t n, int op, tr_ref r, bool second)
{
    if (is_list(c, r, TR_CARG) && (second || (op != TR_CALL && op != TR_CARG)))
        return broken(c, n, "an argument list is no operand");
    if (is_list(c, r, TR_PAIR) && (!second || op != TR_SELECT))
        return broken(c, n, "a PAIR is no operand");
    return 0;
}

static int
check_bits(const struct check *c, uint32_t n, uint32_t most)
{
    uint32_t bits = c->ir->ins.items[n].field;

    if (bits < 1 || bits > most)
        return broken(c, n, "%u bits, not 1 to %u", bits, most);
    return pair_of(c, n, TR_I64, TR_I64);
}

/* Kinds of the operands, by operation. */
static int
check_kinds(const struct check *c, uint32_t n)
{
    const struct tr_ins *i = &c->ir->ins.items[n];

    switch (i->op) {
    case TR_FITS:
        return check_bits(c, n, 64);
    case TR_MULFITS:
        return check_bits(c, n, 52);
    case TR_ADD ... TR_USHR:
    case TR_ADDFITS:
    case TR_SUBFITS:
    case TR_MULWIDE:
    case TR_EQ ... TR_NOT:
        return pair_of(c, n, TR_I64, TR_I64);
    case TR_FADD ... TR_FGE:
        return pair_of(c, n, TR_F64, TR_F64);
    case TR_I2F:
    case TR_BOX_INT:
    case TR_BOX_WIDE:
    case TR_BOX_BOOL:
    case TR_GUARD_T:
    case TR_GUARD_F:
        return want(c, n, "a", i->a, TR_I64);
    case TR_F2I:
    case TR_BOX_FLT:
        return want(c, n, "a", i->a, TR_F64);
    case TR_IS_INT ... TR_UNBOX_PTR:
    case TR_XEQ:
    case TR_XNE:
        return pair_of(c, n, TR_VAL, TR_VAL);
    case TR_BOX_PTR:
    case TR_PEQ:
    case TR_PNE:
    case TR_P2I:
    case TR_BARRIER:
        return pair_of(c, n, TR_PTR, TR_PTR);
    case TR_PADD:
        return pair_of(c, n, TR_PTR, TR_I64);
    case TR_SELECT:
        return check_select(c, n);
    case TR_FLOAD ... TR_ASTORE:
        return check_memory(c, n);
    case TR_CALL:
        return check_call(c, n);
    case TR_CARG:
        if (!tr_is_none(i->a) && !is_list(c, i->a, TR_CARG))
            return broken(c, n, "operand a is not an argument list");
        return 0;
    case TR_PHI:
        return check_phi(c, n);
    default:
        return 0;
    }
}

static int
check_snap(const struct check *c, uint32_t n, uint32_t number)
{
    const struct tr_snap *s;
    uint32_t i;

    if (number >= c->ir->snaps.len)
        return broken(c, n, "snapshot %u of %u", number, c->ir->snaps.len);
    s = &c->ir->snaps.items[number];
    if (s->first > c->ir->ents.len || s->count > c->ir->ents.len - s->first)
        return broken(c, n, "snapshot %u lies outside the entries", number);
    for (i = 0; i < s->count; i++) {
        const struct tr_snapent *e = &c->ir->ents.items[s->first + i];

        if (tr_is_none(e->ref) && c->ir->ins.items[n].op == TR_HEAD)
            continue;
        if (!in_range(c, n, e->ref))
            return broken(c, n, "snapshot %u, slot %d: no value before it",
                          number, e->slot);
        if (tr_ir_kind(c->ir, e->ref) == TR_VOID || is_list(c, e->ref, TR_PAIR))
            return broken(c, n, "snapshot %u, slot %d: not a value", number,
                          e->slot);
        if (i && e[-1].slot >= e->slot)
            return broken(c, n, "snapshot %u is not sorted", number);
    }
    return 0;
}

static int
check_operand(const struct check *c, uint32_t n, int what, tr_ref r,
              bool second)
{
    const struct tr_ins *i = &c->ir->ins.items[n];

    if (what == TR_OPND_SNAP)
        return check_snap(c, n, r.n);
    if (what != TR_OPND_REF)
        return 0;
    if (i->op == TR_PHI && second)
        n = c->ir->ins.len;
    if (tr_is_none(r) && !second && (i->op == TR_CALL || i->op == TR_CARG))
        return 0;
    if (!in_range(c, n, r))
        return broken(c, n, "operand %s is no earlier value",
                      second ? "b" : "a");
    if (tr_ir_kind(c->ir, r) == TR_VOID && !is_list(c, r, TR_CARG))
        return broken(c, n, "operand %s has no value", second ? "b" : "a");
    return check_list_use(c, n, i->op, r, second);
}

static bool
is_end(int op)
{
    return op == TR_JUMP || op == TR_LINK || op == TR_LEAVE || op == TR_RET;
}

static int
check_ins(struct check *c, uint32_t n)
{
    const struct tr_ins *i = &c->ir->ins.items[n];
    const struct tr_opinfo *info;

    if (i->op >= TR_NOPS)
        return broken(c, n, "operation %u", i->op);
    info = &tr_opinfo[i->op];
    if (info->result == TR_ANY ? i->kind >= TR_ANY : i->kind != info->result)
        return broken(c, n, "kind %u", i->kind);
    if (info->result == TR_ANY && i->kind == TR_VOID && i->op != TR_CALL)
        return broken(c, n, "has no kind");
    if (check_operand(c, n, info->a, i->a, false) ||
        check_operand(c, n, info->b, i->b, true) || check_kinds(c, n))
        return -1;
    if (i->op == TR_LOOP) {
        if (c->loop)
            return broken(c, n, "a second LOOP");
        c->loop = n;
    }
    if (is_end(i->op) && n + 1 != c->ir->ins.len)
        return broken(c, n, "not at the end");
    if (i->op == TR_JUMP && !c->loop)
        return broken(c, n, "no LOOP");
    return 0;
}

int
tr_verify(const struct tr_code_ir *ir, const struct tr_host *host, char *why,
          size_t whylen)
{
    struct check c = {.ir = ir, .host = host, .why = why, .whylen = whylen};
    uint32_t n;
    int last;

    if (ir->ins.len < 2 || ir->ins.items[0].op != TR_NOP)
        return broken(&c, 0, "a trace begins with NOP and is not empty");
    for (n = 1; n < ir->ins.len; n++)
        if (check_ins(&c, n))
            return -1;
    last = ir->ins.items[ir->ins.len - 1].op;
    if (!is_end(last))
        return broken(&c, n - 1, "the trace has no end");
    if (c.loop && last != TR_JUMP)
        return broken(&c, n - 1, "a trace with LOOP ends with JUMP");
    return 0;
}
