/* SPDX-License-Identifier: MIT
 * tracer/eval.c: the back-end that interprets IR. It is the oracle that the
 * compiling back-ends are compared with, and what runs where no host VM is
 * installed. Every trace is run by one call of run(), which returns the trace
 * to go on with (a bridge or the target of a link), so that the C stack does
 * not grow from trace to trace. Values live in an array on the C stack, where a
 * conservative collector finds them.
 */
#include "config.h"

#include <alloca.h>
#include <ffi.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/nanbox.h"
#define TR_INTERNAL
#include "tracer/jit.h"

/* -- calls -- */

struct prepared {
    bool ready;
    ffi_cif cif;
    ffi_type *types[8];
};

static ffi_type *
type_of(int kind)
{
    if (kind == TR_F64)
        return &ffi_type_double;
    return kind == TR_VOID ? &ffi_type_void : &ffi_type_uint64;
}

static struct prepared *
prepare(struct tr_jit *jit, uint32_t number)
{
    const struct tr_call *c = &jit->host.calls[number];
    struct prepared *p;
    uint32_t i;

    if (!jit->eval_data)
        jit->eval_data = nac_calloc(jit->host.ncalls, sizeof *p);
    p = (struct prepared *)jit->eval_data + number;
    if (p->ready)
        return p;
    for (i = 0; i < c->nargs; i++)
        p->types[i] = type_of(c->args[i]);
    if (ffi_prep_cif(&p->cif, FFI_DEFAULT_ABI, c->nargs, type_of(c->result),
                     p->types) != FFI_OK)
        nac_die(__FILE__, __LINE__, "cannot call %s", c->name);
    p->ready = true;
    return p;
}

static uint64_t
call(struct tr_jit *jit, uint32_t number, uint64_t *args)
{
    struct prepared *p = prepare(jit, number);
    const struct tr_call *c = &jit->host.calls[number];
    void *where[8];
    uint64_t result = 0;
    uint32_t i;

    for (i = 0; i < c->nargs; i++)
        where[i] = &args[i];
    ffi_call(&p->cif, FFI_FN(c->fn), &result, where);
    return result;
}

/* -- arithmetic -- */

static double
flt(uint64_t bits)
{
    double d;

    memcpy(&d, &bits, sizeof d);
    return d;
}

static uint64_t
bits_of(double d)
{
    uint64_t bits;

    memcpy(&bits, &d, sizeof bits);
    return bits;
}

/* The excluded operands (see irops.def) must not end the process here. */
static int64_t
floor_div(int64_t a, int64_t b)
{
    int64_t q;

    if (b == 0)
        return 0;
    if (b == -1)
        return (int64_t)(0 - (uint64_t)a);
    q = a / b;
    return q - (a % b != 0 && (a < 0) != (b < 0));
}

static int64_t
floor_mod(int64_t a, int64_t b)
{
    int64_t r;

    if (b == 0 || b == -1)
        return 0;
    r = a % b;
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

static bool
fits(int64_t v, uint32_t bits)
{
    return bits >= 64 ||
           v == (int64_t)((uint64_t)v << (64 - bits)) >> (64 - bits);
}

static bool
mul_fits(int64_t a, int64_t b, uint32_t bits)
{
    int64_t product;

    return !__builtin_mul_overflow(a, b, &product) && fits(product, bits);
}

static int64_t
to_int(double d)
{
    if (d >= -9223372036854775808.0 && d < 9223372036854775808.0)
        return (int64_t)d;
    return INT64_MIN;
}

/* -- memory -- */

static uint64_t
load(const struct tr_field *f, uint64_t address)
{
    const void *p = (const void *)(uintptr_t)address;
    bool zero = f->flags & TR_FLD_UNSIGNED;

    switch (f->size) {
    case 1:
        return zero ? *(const uint8_t *)p : (uint64_t) * (const int8_t *)p;
    case 2:
        return zero ? *(const uint16_t *)p : (uint64_t) * (const int16_t *)p;
    case 4:
        if (f->kind == TR_F64)
            return bits_of(*(const float *)p);
        return zero ? *(const uint32_t *)p : (uint64_t) * (const int32_t *)p;
    default:
        return *(const uint64_t *)p;
    }
}

static void
store(const struct tr_field *f, uint64_t address, uint64_t v)
{
    void *p = (void *)(uintptr_t)address;

    switch (f->size) {
    case 1:
        *(uint8_t *)p = (uint8_t)v;
        break;
    case 2:
        *(uint16_t *)p = (uint16_t)v;
        break;
    case 4:
        if (f->kind == TR_F64)
            *(float *)p = (float)flt(v);
        else
            *(uint32_t *)p = (uint32_t)v;
        break;
    default:
        *(uint64_t *)p = v;
        break;
    }
}

/* -- running one trace -- */

struct run {
    struct tr_jit *jit;
    const struct tr_trace *trace;
    const struct tr_code_ir *ir;
    struct tr_frame *tf;
    uint64_t *v; /* results, by instruction */
};

static inline uint64_t
get(const struct run *x, tr_ref r)
{
    return tr_is_const(r) ? tr_ir_k(x->ir, r)->bits : x->v[r.n];
}

static uint64_t
run_call(const struct run *x, const struct tr_ins *i)
{
    uint32_t n = x->jit->host.calls[i->field].nargs;
    uint64_t args[8];
    tr_ref r = i->a;

    while (n-- > 0) {
        const struct tr_ins *arg = tr_ir_ins(x->ir, r);

        args[n] = get(x, arg->b);
        r = arg->a;
    }
    return call(x->jit, i->field, args);
}

static uint64_t
run_select(const struct run *x, const struct tr_ins *i)
{
    const struct tr_ins *pair = tr_ir_ins(x->ir, i->b);

    return get(x, get(x, i->a) ? pair->a : pair->b);
}

/* Pure operations and memory; everything with a single result or none. */
static uint64_t
operate(const struct run *x, const struct tr_ins *i)
{
    const struct tr_host *host = &x->jit->host;
    uint64_t a = tr_opinfo[i->op].a == TR_OPND_REF ? get(x, i->a) : 0;
    uint64_t b = tr_opinfo[i->op].b == TR_OPND_REF ? get(x, i->b) : 0;
    int64_t sa = (int64_t)a, sb = (int64_t)b;

    switch ((enum tr_op)i->op) {
    case TR_SLOT:
        return x->tf->base[(int32_t)i->a.n];
    case TR_ARG:
        return x->tf->spill[i->a.n];
    case TR_BASE:
        return (uint64_t)(uintptr_t)(x->tf->base + (int32_t)i->a.n);
    case TR_ADD:
    case TR_PADD:
        return a + b;
    case TR_SUB:
        return a - b;
    case TR_MUL:
        return a * b;
    case TR_FLOORDIV:
        return (uint64_t)floor_div(sa, sb);
    case TR_FLOORMOD:
        return (uint64_t)floor_mod(sa, sb);
    case TR_NEG:
        return 0 - a;
    case TR_AND:
        return a & b;
    case TR_OR:
        return a | b;
    case TR_XOR:
        return a ^ b;
    case TR_SHL:
        return a << (b & 63);
    case TR_SHR:
        return (uint64_t)(sa >> (b & 63));
    case TR_USHR:
        return a >> (b & 63);
    case TR_FITS:
        return fits(sa, i->field);
    case TR_ADDFITS:
        return !__builtin_add_overflow(sa, sb, &sa);
    case TR_SUBFITS:
        return !__builtin_sub_overflow(sa, sb, &sa);
    case TR_MULFITS:
        return mul_fits(sa, sb, i->field);
    case TR_MULWIDE:
        return fabs((double)sa * (double)sb) <= TR_MULWIDE_MAX;
    case TR_EQ:
    case TR_XEQ:
    case TR_PEQ:
        return a == b;
    case TR_NE:
    case TR_XNE:
    case TR_PNE:
        return a != b;
    case TR_LT:
        return sa < sb;
    case TR_GE:
        return sa >= sb;
    case TR_LE:
        return sa <= sb;
    case TR_GT:
        return sa > sb;
    case TR_ULT:
        return a < b;
    case TR_UGE:
        return a >= b;
    case TR_NOT:
        return 1 - a;
    case TR_FADD:
        return bits_of(flt(a) + flt(b));
    case TR_FSUB:
        return bits_of(flt(a) - flt(b));
    case TR_FMUL:
        return bits_of(flt(a) * flt(b));
    case TR_FDIV:
        return bits_of(flt(a) / flt(b));
    case TR_FNEG:
        return a ^ UINT64_C(0x8000000000000000);
    case TR_FABS:
        return a & ~UINT64_C(0x8000000000000000);
    case TR_FSQRT:
        return bits_of(sqrt(flt(a)));
    case TR_FFLOOR:
        return bits_of(floor(flt(a)));
    case TR_FEQ:
        return flt(a) == flt(b);
    case TR_FNE:
        return flt(a) != flt(b);
    case TR_FLT:
        return flt(a) < flt(b);
    case TR_FLE:
        return flt(a) <= flt(b);
    case TR_FGT:
        return flt(a) > flt(b);
    case TR_FGE:
        return flt(a) >= flt(b);
    case TR_I2F:
        return bits_of((double)sa);
    case TR_F2I:
        return (uint64_t)to_int(flt(a));
    case TR_IS_INT:
        return a >= NB_INT_TAG;
    case TR_IS_FLT:
        return a <= NB_MAX_FLOAT;
    case TR_IS_PTR:
        return a >> 48 == NB_PTR_TOP;
    case TR_IS_WIDE:
        return (uint64_t)host->is_wide(a);
    case TR_UNBOX_WIDE:
        return (uint64_t)host->unbox_wide(a);
    case TR_BOX_WIDE:
        return host->box_wide(sa);
    case TR_UNBOX_INT:
        return (uint64_t)((int64_t)(a << 14) >> 14);
    case TR_UNBOX_PTR:
        return a - NB_PTR_TAG;
    case TR_BOX_INT:
        return a | NB_INT_TAG;
    case TR_BOX_PTR:
        return a + NB_PTR_TAG;
    case TR_BOX_BOOL:
        return a ? host->true_bits : host->false_bits;
    case TR_UNBOX_FLT:
    case TR_BOX_FLT:
    case TR_P2I:
        return a;
    case TR_SELECT:
        return run_select(x, i);
    case TR_FLOAD:
        return load(&host->fields[i->field],
                    a + (uint64_t)(int64_t)host->fields[i->field].offset);
    case TR_FSTORE:
        store(&host->fields[i->field],
              a + (uint64_t)(int64_t)host->fields[i->field].offset, b);
        return 0;
    case TR_AREF:
        return a + (uint64_t)(int64_t)host->fields[i->field].offset +
               b * (uint64_t)(int64_t)host->fields[i->field].stride;
    case TR_ALOAD:
        return load(&host->fields[i->field], a);
    case TR_ASTORE:
        store(&host->fields[i->field], a, b);
        return 0;
    case TR_NEW:
        return (uint64_t)(uintptr_t)host->alloc(i->a.n, b);
    case TR_BARRIER:
        tr_exit_barrier(host, a);
        return 0;
    case TR_CALL:
        return run_call(x, i);
    default:
        return 0; /* NOP CARG PAIR */
    }
}

/* Saves what the exit needs; the bridge to go on with, or NULL. */
static struct tr_trace *
leave(const struct run *x, uint32_t number)
{
    struct tr_exit *e = &x->trace->exits[number];
    uint32_t i;

    for (i = 0; i < e->nspill; i++)
        x->tf->spill[i] = x->v[e->spill[i].n];
    x->tf->exit = e;
    return e->cell.trace;
}

static struct tr_trace *
run_link(const struct run *x, const struct tr_ins *i)
{
    const struct tr_snap *s = &x->ir->snaps.items[i->b.n];
    uint32_t k;

    for (k = 0; k < s->count; k++) {
        const struct tr_snapent *e = &x->ir->ents.items[s->first + k];

        x->tf->base[e->slot] = get(x, e->ref);
    }
    x->tf->base += s->top;
    return tr_trace_by_id(x->jit, i->a.n);
}

/* On the way into the loop PHIs take their operands a, at JUMP all at once
 * their operands b. Returns the body's first instruction. */
static uint32_t
set_phis(const struct run *x, uint32_t loop, bool again)
{
    const struct tr_ins *ins = x->ir->ins.items;
    uint32_t end = loop + 1, k;
    uint64_t *next;

    while (ins[end].op == TR_PHI)
        end++;
    if (!again) {
        for (k = loop + 1; k < end; k++)
            if (!x->trace->sunk[k])
                x->v[k] = get(x, ins[k].a);
        return end;
    }
    next = x->v + x->ir->ins.len;
    for (k = loop + 1; k < end; k++)
        if (!x->trace->sunk[k])
            next[k - loop - 1] = get(x, ins[k].b);
    for (k = loop + 1; k < end; k++)
        x->v[k] = next[k - loop - 1];
    return end;
}

static uint32_t
count_phis(const struct tr_code_ir *ir)
{
    uint32_t i, n = 0;

    for (i = 1; i < ir->ins.len; i++)
        n += ir->ins.items[i].op == TR_PHI;
    return n;
}

/* The trace to go on with, or NULL: back to the host. */
static struct tr_trace *
run(struct tr_jit *jit, const struct tr_trace *t, struct tr_frame *tf)
{
    struct run x = {jit, t, &t->ir, tf, NULL};
    size_t size = (t->ir.ins.len + count_phis(&t->ir)) * sizeof *x.v;
    uint32_t n = 1, loop = 0;

    x.v = alloca(size);
    memset(x.v, 0, size);
    for (;; n++) {
        const struct tr_ins *i = &t->ir.ins.items[n];

        if (t->sunk[n])
            continue;
        switch (i->op) {
        case TR_GUARD_T:
            if (!get(&x, i->a))
                return leave(&x, i->field);
            break;
        case TR_GUARD_F:
            if (get(&x, i->a))
                return leave(&x, i->field);
            break;
        case TR_VALID:
            if (t->invalid)
                return leave(&x, i->field);
            break;
        case TR_LEAVE:
            return leave(&x, i->field);
        case TR_LOOP:
            loop = n;
            n = set_phis(&x, loop, false) - 1;
            break;
        case TR_JUMP:
            n = set_phis(&x, loop, true) - 1;
            break;
        case TR_JOIN: /* each trace is a method of its own here */
            n = t->ir.ins.len - 2;
            break;
        case TR_LINK:
            return run_link(&x, i);
        case TR_RET:
            tf->result = get(&x, i->a);
            tf->exit = NULL;
            return NULL;
        default:
            x.v[n] = operate(&x, i);
            break;
        }
    }
}

/* -- the back-end -- */

/* Traces are entered by eval_enter() alone; a cell's code is never called. */
static int64_t
no_code(struct tr_frame *tf)
{
    (void)tf;
    nac_die(__FILE__, __LINE__, "eval has no code");
}

static int
eval_compile(struct tr_jit *jit, const struct tr_unit *unit, tr_entry *code,
             char *why, size_t whylen)
{
    (void)jit;
    (void)unit;
    (void)why;
    (void)whylen;
    *code = no_code;
    return 0;
}

static int64_t
eval_enter(struct tr_jit *jit, struct tr_trace *trace, struct tr_frame *tf)
{
    while (trace)
        trace = run(jit, trace, tf);
    return 0;
}

static void
eval_stop(struct tr_jit *jit)
{
    free(jit->eval_data);
    jit->eval_data = NULL;
}

const struct tr_backend tr_eval_backend = {.name = "eval",
                                           .compile = eval_compile,
                                           .enter = eval_enter,
                                           .stop = eval_stop};
