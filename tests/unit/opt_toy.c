/* SPDX-License-Identifier: MIT
 * tests/unit/opt_toy.c: the toy machine of opt_toy.h.
 *
 * A primitive (struct x) is a concrete word together with the reference that
 * stands for it while recording. op1() and op2() compute the word here, by
 * themselves, and emit the operation, so that the interpreter is an oracle that
 * shares no code with the optimiser or a back-end. Every bytecode is total:
 * where operands are of the wrong sort something simple happens instead, under
 * guards, so random programs run on.
 *
 * A program is the body of a loop: it runs until r0, counted up by one in each
 * pass, reaches r1. The last bytecode is the loop's end.
 */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/nanbox.h"
#include "tests/unit/opt_toy.h"

enum { F_TYPE = 1, F_X, F_Y, F_N, F_D, F_W, F_U, F_FROZEN, F_ITEM, NFIELDS };
enum { C_PURE = 1, C_READ, C_WRITE, C_ANY, NCALLS };
enum { TYPE = 0x1230, TRUE_WORD = 7, FALSE_WORD = 8 };

uint64_t toy_recorded, toy_entered, toy_bridges;

static struct toy *T;      /* the machine that runs */
static struct tr_rec *rec; /* or NULL */
static NAC_VEC(void *) objects;

/* -- the host -- */

static const struct tr_field fields[NFIELDS] = {
    [F_TYPE] = {"type", TR_PTR, 8, TR_FLD_IMMUTABLE, 0, 0},
    [F_X] = {"x", TR_VAL, 8, 0, 8, 0},
    [F_Y] = {"y", TR_VAL, 8, 0, 16, 0},
    [F_N] = {"n", TR_I64, 8, 0, 24, 0},
    [F_D] = {"d", TR_F64, 8, 0, 32, 0},
    [F_W] = {"w", TR_I64, 4, 0, 40, 0},
    [F_U] = {"u", TR_I64, 1, TR_FLD_UNSIGNED, 44, 0},
    [F_FROZEN] = {"frozen", TR_I64, 8, TR_FLD_IMMUTABLE, 48, 0},
    [F_ITEM] = {"item", TR_VAL, 8, 0, 56, 8},
};

uint64_t
toy_int(int64_t v)
{
    return (uint64_t)v | NB_INT_TAG;
}

static int64_t
word_int(uint64_t w)
{
    return (int64_t)(w << 14) >> 14;
}

uint64_t
toy_flt(double d)
{
    uint64_t w;

    memcpy(&w, &d, sizeof w);
    return w;
}

static double
word_flt(uint64_t w)
{
    double d;

    memcpy(&d, &w, sizeof d);
    return d;
}

static bool
word_is_ptr(uint64_t w)
{
    return w >> 48 == NB_PTR_TOP && w != NB_PTR_TAG + TRUE_WORD &&
           w != NB_PTR_TAG + FALSE_WORD;
}

static void *
new_object(uint64_t size, uint64_t head)
{
    uint64_t *p = nac_calloc(1, size);

    p[0] = head;
    nac_vec_push(&objects, p);
    return p;
}

struct toy_object *
toy_object_new(void)
{
    return new_object(sizeof(struct toy_object), TYPE);
}

void
toy_free_objects(void)
{
    while (objects.len)
        free(nac_vec_pop(&objects));
}

static uint64_t
call_pure(uint64_t v)
{
    return toy_int((int64_t)(v * 0x9e3779b97f4a7c15u >> 50));
}

static uint64_t
call_read(struct toy_object *p)
{
    int64_t x = word_is_ptr(p->x) ? 1 : word_int(p->x); /* no addresses */

    return toy_int((p->n ^ p->w ^ x) & 0xffff);
}

static void
call_write(struct toy_object *p)
{
    p->n = (p->n * 5 + 1) & 0xffff;
}

/* Changes what it knows of, and now and then "raises". */
static uint64_t
call_any(struct toy_object *p, uint64_t v)
{
    T->log =
        (T->log ^ (uint64_t)p->n ^ (uint64_t)p->w << 7) * 0x9e3779b97f4a7c15u;
    if (!word_is_ptr(v))
        T->log ^= v;
    T->calls++;
    p->n = (int64_t)(T->log >> 50);
    if (word_is_ptr(p->x)) {
        struct toy_object *inner = (void *)(uintptr_t)(p->x - NB_PTR_TAG);

        inner->n = (inner->n ^ (int64_t)T->calls) & 0xfff;
    }
    if (T->calls % 3 == 0)
        p->x = toy_int((int64_t)T->calls);
    if (T->seen && T->calls % 2) {
        T->seen->d = 0.5 * (double)T->calls;
        T->seen->items[T->calls % TOY_ITEMS] = v;
    }
    T->seen = p;
    if (T->calls % 13 == 0)
        return NB_NOTHING;
    return T->calls % 5 == 0 ? v : toy_int((int64_t)(T->log >> 60));
}

static const uint16_t write_fields[] = {F_N, 0xFFFF};

static const struct tr_call calls[NCALLS] = {
    [C_PURE] = {"pure", NULL, TR_VAL, 1, {TR_VAL}, TR_CALL_PURE, NULL},
    [C_READ] = {"read", NULL, TR_VAL, 1, {TR_PTR}, TR_CALL_READS, NULL},
    [C_WRITE] =
        {"write", NULL, TR_VOID, 1, {TR_PTR}, TR_CALL_WRITES, write_fields},
    [C_ANY] = {"any",
               NULL,
               TR_VAL,
               2,
               {TR_PTR, TR_VAL},
               TR_CALL_ANY | TR_CALL_RAISES,
               NULL},
};

static struct tr_call linked_calls[NCALLS];

const struct tr_host toy_host = {
    .name = "toy",
    .fields = fields,
    .nfields = NFIELDS,
    .calls = linked_calls,
    .ncalls = NCALLS,
    .true_bits = NB_PTR_TAG + TRUE_WORD,
    .false_bits = NB_PTR_TAG + FALSE_WORD,
    .alloc = new_object,
};

__attribute__((constructor)) static void
link_calls(void)
{
    memcpy(linked_calls, calls, sizeof calls);
    linked_calls[C_PURE].fn = (void *)(uintptr_t)call_pure;
    linked_calls[C_READ].fn = (void *)(uintptr_t)call_read;
    linked_calls[C_WRITE].fn = (void *)(uintptr_t)call_write;
    linked_calls[C_ANY].fn = (void *)(uintptr_t)call_any;
}

/* -- primitives -- */

struct x {
    uint64_t v;
    tr_ref r;
};

static struct x
k_int(int64_t v)
{
    return (struct x){(uint64_t)v, rec ? tr_const_int(rec, v) : TR_NONE};
}

static struct x
k_flt(double v)
{
    return (struct x){toy_flt(v), rec ? tr_const_flt(rec, v) : TR_NONE};
}

static struct x
k_val(uint64_t v)
{
    return (struct x){v, rec ? tr_const_val(rec, v) : TR_NONE};
}

static uint64_t
compute2(enum tr_op op, uint64_t a, uint64_t b, uint32_t bits)
{
    int64_t i = (int64_t)a, j = (int64_t)b;
    double x = word_flt(a), y = word_flt(b);

    switch (op) {
    case TR_ADD:
        return a + b;
    case TR_SUB:
        return a - b;
    case TR_MUL:
        return a * b;
    case TR_FLOORDIV:
        return (uint64_t)(i / j - (i % j && (i ^ j) < 0));
    case TR_FLOORMOD:
        return (uint64_t)(i % j + (i % j && (i ^ j) < 0 ? j : 0));
    case TR_AND:
        return a & b;
    case TR_OR:
        return a | b;
    case TR_XOR:
        return a ^ b;
    case TR_SHL:
        return a << b;
    case TR_SHR:
        return (uint64_t)(i >> b);
    case TR_USHR:
        return a >> b;
    case TR_MULFITS: {
        __int128 p = (__int128)i * j;
        __int128 max = ((__int128)1 << (bits - 1)) - 1;

        return p >= -max - 1 && p <= max;
    }
    case TR_EQ:
    case TR_XEQ:
    case TR_PEQ:
        return a == b;
    case TR_NE:
    case TR_XNE:
    case TR_PNE:
        return a != b;
    case TR_LT:
        return i < j;
    case TR_GE:
        return i >= j;
    case TR_LE:
        return i <= j;
    case TR_GT:
        return i > j;
    case TR_ULT:
        return a < b;
    case TR_UGE:
        return a >= b;
    case TR_FADD:
        return toy_flt(x + y);
    case TR_FSUB:
        return toy_flt(x - y);
    case TR_FMUL:
        return toy_flt(x * y);
    case TR_FDIV:
        return toy_flt(x / y);
    case TR_FEQ:
        return x == y;
    case TR_FNE:
        return x != y;
    case TR_FLT:
        return x < y;
    case TR_FLE:
        return x <= y;
    case TR_FGT:
        return x > y;
    case TR_FGE:
        return x >= y;
    default:
        NAC_UNREACHABLE();
    }
}

static uint64_t
compute1(enum tr_op op, uint64_t a, uint32_t bits)
{
    int64_t i = (int64_t)a;
    double x = word_flt(a);

    switch (op) {
    case TR_NEG:
        return 0 - a;
    case TR_NOT:
        return 1 - a;
    case TR_FITS:
        return i >> (bits - 1) == 0 || i >> (bits - 1) == -1;
    case TR_FNEG:
        return toy_flt(-x);
    case TR_FABS:
        return toy_flt(fabs(x));
    case TR_FSQRT:
        return toy_flt(sqrt(x));
    case TR_FFLOOR:
        return toy_flt(floor(x));
    case TR_I2F:
        return toy_flt((double)i);
    case TR_F2I:
        return (uint64_t)(int64_t)x;
    case TR_IS_INT:
        return a >= NB_INT_TAG;
    case TR_IS_FLT:
        return a <= NB_MAX_FLOAT;
    case TR_IS_PTR:
        return a >> 48 == NB_PTR_TOP;
    case TR_UNBOX_INT:
        return (uint64_t)word_int(a);
    case TR_UNBOX_FLT:
        return a;
    case TR_UNBOX_PTR:
        return a - NB_PTR_TAG;
    case TR_BOX_INT:
        return toy_int(i);
    case TR_BOX_FLT:
        return a;
    case TR_BOX_PTR:
        return a + NB_PTR_TAG;
    case TR_BOX_BOOL:
        return NB_PTR_TAG + (a ? TRUE_WORD : FALSE_WORD);
    default:
        NAC_UNREACHABLE();
    }
}

static struct x
op2(enum tr_op op, struct x a, struct x b)
{
    struct x r = {compute2(op, a.v, b.v, NB_INT_BITS), TR_NONE};

    if (rec)
        r.r = tr_emit(rec, op, TR_VOID, op == TR_MULFITS ? NB_INT_BITS : 0, a.r,
                      b.r);
    return r;
}

static struct x
op1(enum tr_op op, struct x a)
{
    struct x r = {compute1(op, a.v, NB_INT_BITS), TR_NONE};

    if (rec)
        r.r = tr_emit(rec, op, TR_VOID, op == TR_FITS ? NB_INT_BITS : 0, a.r,
                      TR_NONE);
    return r;
}

static bool
test(struct x cond)
{
    if (rec)
        tr_guard(rec, cond.r, cond.v != 0);
    return cond.v != 0;
}

static struct x
reg(uint32_t n)
{
    return (struct x){T->regs[n], rec ? tr_slot(rec, (int32_t)n) : TR_NONE};
}

static void
set(uint32_t n, struct x v)
{
    T->regs[n] = v.v;
    if (rec)
        tr_set_slot(rec, (int32_t)n, v.r);
}

static uint64_t
peek(uint64_t p, uint32_t field)
{
    const char *at = (const char *)(uintptr_t)p + fields[field].offset;
    uint64_t v = 0;

    memcpy(&v, at, fields[field].size);
    if (field == F_W)
        v = (uint64_t)(int64_t)(int32_t)v;
    return v;
}

static struct x
load(uint32_t field, struct x p)
{
    return (struct x){peek(p.v, field),
                      rec ? tr_fload(rec, field, p.r) : TR_NONE};
}

static void
barrier(struct x p)
{
    ((struct toy_object *)(uintptr_t)p.v)->card = 1;
    if (rec)
        tr_emit1(rec, TR_BARRIER, p.r);
}

static void
store(uint32_t field, struct x p, struct x v)
{
    char *at = (char *)(uintptr_t)p.v + fields[field].offset;

    memcpy(at, &v.v, fields[field].size);
    if (rec)
        tr_fstore(rec, field, p.r, v.r);
}

static struct x
load_item(struct x p, struct x i)
{
    struct toy_object *o = (struct toy_object *)(uintptr_t)p.v;

    return (struct x){o->items[i.v],
                      rec ? tr_aload(rec, F_ITEM, p.r, i.r) : TR_NONE};
}

static void
store_item(struct x p, struct x i, struct x v)
{
    ((struct toy_object *)(uintptr_t)p.v)->items[i.v] = v.v;
    if (rec)
        tr_astore(rec, F_ITEM, p.r, i.r, v.r);
}

static struct x
make(void)
{
    struct x p;

    p.v = (uint64_t)(uintptr_t)toy_object_new();
    p.r = TR_NONE;
    if (rec)
        p.r = tr_new(rec, 1, sizeof(struct toy_object),
                     tr_const_ptr(rec, (void *)(uintptr_t)TYPE));
    return p;
}

static struct x
call(uint32_t number, uint32_t nargs, struct x a, struct x b)
{
    tr_ref args[2] = {a.r, b.r};
    struct x r = {0, TR_NONE};

    if (rec)
        r.r = tr_emit_call(rec, number, nargs, args);
    switch (number) {
    case C_PURE:
        r.v = call_pure(a.v);
        break;
    case C_READ:
        r.v = call_read((void *)(uintptr_t)a.v);
        break;
    case C_WRITE:
        call_write((void *)(uintptr_t)a.v);
        break;
    default:
        r.v = call_any((void *)(uintptr_t)a.v, b.v);
        break;
    }
    return r;
}

/* -- handlers -- */

static bool
is_int(struct x v)
{
    return test(op1(TR_IS_INT, v));
}

static bool
is_flt(struct x v)
{
    return test(op1(TR_IS_FLT, v));
}

/* Is it an object (and not true or false)? */
static bool
is_object(struct x v, struct x *p)
{
    if (!test(op1(TR_IS_PTR, v)))
        return false;
    if (test(op2(TR_XEQ, v, k_val(NB_PTR_TAG + TRUE_WORD))) ||
        test(op2(TR_XEQ, v, k_val(NB_PTR_TAG + FALSE_WORD))))
        return false;
    *p = op1(TR_UNBOX_PTR, v);
    return test(
        op2(TR_PEQ, load(F_TYPE, *p),
            (struct x){TYPE, rec ? tr_const_ptr(rec, (void *)(uintptr_t)TYPE)
                                 : TR_NONE}));
}

/* The int as a value; what does not fit is cut. */
static struct x
box_int(struct x i)
{
    if (!test(op1(TR_FITS, i)))
        i = op2(TR_AND, i, k_int(0xfffff));
    return op1(TR_BOX_INT, i);
}

static struct x
box_flt(struct x f)
{
    return op1(TR_BOX_FLT, f);
}

static void
arith(const struct toy_code *c, enum tr_op iop, enum tr_op fop)
{
    struct x a = reg(c->b), b = reg(c->c);
    bool ai = is_int(a), bi = is_int(b);

    if (ai && bi) {
        struct x i = op1(TR_UNBOX_INT, a), j = op1(TR_UNBOX_INT, b);

        if (iop == TR_MUL && !test(op2(TR_MULFITS, i, j)))
            set(c->a, op1(TR_BOX_INT, op2(TR_AND, i, k_int(0xff))));
        else
            set(c->a, box_int(op2(iop, i, j)));
        return;
    }
    if ((ai || is_flt(a)) && (bi || is_flt(b))) {
        struct x x =
            ai ? op1(TR_I2F, op1(TR_UNBOX_INT, a)) : op1(TR_UNBOX_FLT, a);
        struct x y =
            bi ? op1(TR_I2F, op1(TR_UNBOX_INT, b)) : op1(TR_UNBOX_FLT, b);

        set(c->a, box_flt(op2(fop, x, y)));
        return;
    }
    set(c->a, op1(TR_BOX_INT, k_int(c->imm & 7)));
}

static void
divide(const struct toy_code *c, bool mod)
{
    struct x a = reg(c->b), b = reg(c->c);

    if (is_int(a) && is_int(b)) {
        struct x i = op1(TR_UNBOX_INT, a), j = op1(TR_UNBOX_INT, b);

        if (!test(op2(TR_EQ, j, k_int(0)))) {
            set(c->a, box_int(op2(mod ? TR_FLOORMOD : TR_FLOORDIV, i, j)));
            return;
        }
    } else if (is_flt(a) && is_flt(b)) {
        struct x x = op1(TR_UNBOX_FLT, a), y = op1(TR_UNBOX_FLT, b);

        if (!test(op2(TR_FEQ, y, k_flt(0.0)))) {
            set(c->a, box_flt(op2(TR_FDIV, x, y)));
            return;
        }
    }
    set(c->a, op1(TR_BOX_INT, k_int(0)));
}

static void
int_with_const(const struct toy_code *c)
{
    static const int32_t div[] = {1, -1, 2, 3, 4, 8, 10, -2, -7, 64, 100, 7};
    static const uint8_t bits[] = {TR_AND, TR_OR, TR_XOR};
    static const uint8_t shifts[] = {TR_SHL, TR_SHR, TR_USHR};
    uint32_t u = (uint32_t)c->imm;
    struct x a = reg(c->b), i;

    if (!is_int(a)) {
        set(c->a, a);
        return;
    }
    i = op1(TR_UNBOX_INT, a);
    switch (c->op) {
    case TOY_ADDI:
        i = op2(TR_ADD, i, k_int(c->imm));
        break;
    case TOY_DIVI:
        i = op2(TR_FLOORDIV, i, k_int(div[u % 12]));
        break;
    case TOY_MODI:
        i = op2(TR_FLOORMOD, i, k_int(div[u % 12]));
        break;
    case TOY_BITS:
        i = op2(bits[u % 3], i, k_int(c->imm >> 3));
        break;
    default:
        i = op2(shifts[u % 3], i, k_int(u / 3 % 40));
        break;
    }
    set(c->a, box_int(i));
}

static void
float_op(const struct toy_code *c)
{
    struct x a = reg(c->b), x;

    if (!is_flt(a)) {
        set(c->a, op1(TR_BOX_FLT, k_flt(c->imm * 0.25)));
        return;
    }
    x = op1(TR_UNBOX_FLT, a);
    switch (c->imm & 15) {
    case 0:
        x = op1(TR_FNEG, x);
        break;
    case 1:
        x = op1(TR_FABS, x);
        break;
    case 2:
        x = op1(TR_FFLOOR, x);
        break;
    case 3:
        x = op1(TR_FSQRT, op1(TR_FABS, x));
        break;
    case 4:
        x = op2(TR_FMUL, x, k_flt(1.0));
        break;
    case 5:
        x = op2(TR_FADD, x, k_flt(0.0));
        break;
    case 6:
        x = op2(TR_FADD, x, k_flt(-0.0));
        break;
    case 7:
        x = op2(TR_FSUB, x, k_flt(0.0));
        break;
    case 8:
        x = op2(TR_FDIV, x, k_flt(8.0));
        break;
    case 9:
        x = op2(TR_FDIV, x, k_flt(3.0));
        break;
    case 10:
        x = op2(TR_FMUL, x, k_flt(0.0));
        break;
    case 11:
        x = op2(TR_FSUB, k_flt(0.0), x);
        break;
    case 12:
        x = op2(TR_FSUB, x, x);
        break;
    case 13:
        set(c->a, op1(TR_BOX_BOOL, op2(TR_FEQ, x, x)));
        return;
    case 14:
        set(c->a, op1(TR_BOX_BOOL, op2(TR_FLT, x, k_flt(1.5))));
        return;
    default:
        x = op2(TR_FADD, x, x);
        break;
    }
    /* -(NaN) may look like another tag; real hosts canonicalise. */
    if (test(op2(TR_FNE, x, x)))
        x = k_flt(0.125);
    set(c->a, box_flt(x));
}

static void
convert(const struct toy_code *c)
{
    struct x a = reg(c->b), x;

    if (is_int(a)) {
        set(c->a, box_flt(op1(TR_I2F, op1(TR_UNBOX_INT, a))));
    } else if (is_flt(a)) {
        x = op1(TR_UNBOX_FLT, a);
        if (test(op2(TR_FLT, op1(TR_FABS, x), k_flt(1e9))))
            set(c->a, box_int(op1(TR_F2I, x)));
        else
            set(c->a, op1(TR_BOX_INT, k_int(3)));
    } else {
        set(c->a, a);
    }
}

static void
make_object(const struct toy_code *c)
{
    struct x v = reg(c->b), p = make(), q;

    if (c->op == TOY_NEW2) {
        q = make();
        store(F_Y, q, v);
        v = op1(TR_BOX_PTR, q);
    }
    store(F_X, p, v);
    if (c->imm & 1)
        store(F_N, p, k_int(c->imm >> 1));
    if (c->imm & 2)
        store(F_FROZEN, p, k_int(c->imm));
    if (c->imm & 4)
        store_item(p, k_int(c->imm >> 3 & 3), v);
    set(c->a, op1(TR_BOX_PTR, p));
}

static void
get(const struct toy_code *c)
{
    struct x v = reg(c->b), p;

    if (!is_object(v, &p)) {
        set(c->a, op1(TR_BOX_INT, k_int(c->imm & 15)));
        return;
    }
    switch (c->op) {
    case TOY_GETX:
        set(c->a, load(F_X, p));
        break;
    case TOY_GETY:
        set(c->a, load(F_Y, p));
        break;
    case TOY_GETN:
        set(c->a, box_int(load(F_N, p)));
        break;
    case TOY_GETD:
        set(c->a, box_flt(load(F_D, p)));
        break;
    case TOY_GETW:
        set(c->a, box_int(load(F_W, p)));
        break;
    case TOY_GETU:
        set(c->a, box_int(load(F_U, p)));
        break;
    case TOY_GETF:
        set(c->a, box_int(load(F_FROZEN, p)));
        break;
    default:
        set(c->a, load_item(p, k_int((uint32_t)c->imm % TOY_ITEMS)));
        break;
    }
}

static void
put(const struct toy_code *c)
{
    struct x v = reg(c->b), p, i;

    if (!is_object(reg(c->a), &p))
        return;
    switch (c->op) {
    case TOY_SETX:
        barrier(p);
        store(F_X, p, v);
        break;
    case TOY_SETY:
        barrier(p);
        store(F_Y, p, v);
        break;
    case TOY_SETD:
        if (is_flt(v))
            store(F_D, p, op1(TR_UNBOX_FLT, v));
        break;
    case TOY_SETI:
        barrier(p);
        store_item(p, k_int((uint32_t)c->imm % TOY_ITEMS), v);
        break;
    default:
        if (!is_int(v))
            return;
        i = op1(TR_UNBOX_INT, v);
        store(c->op == TOY_SETW ? F_W : F_U, p, i);
        break;
    }
}

static void
indexed(const struct toy_code *c, bool is_store)
{
    struct x p, i, at = reg(is_store ? c->b : c->c);

    if (!is_object(reg(is_store ? c->a : c->b), &p))
        return;
    i = k_int(0);
    if (is_int(at)) {
        i = op1(TR_UNBOX_INT, at);
        if (c->imm & 1)
            i = op2(TR_AND, i, k_int(TOY_ITEMS - 1));
        else if (!test(op2(TR_ULT, i, k_int(TOY_ITEMS))))
            i = k_int(c->imm >> 1 & 3);
    }
    if (is_store) {
        barrier(p);
        store_item(p, i, reg(c->c));
    } else {
        set(c->a, load_item(p, i));
    }
}

/* B < C, of ints and of floats; else whether they are the same. */
static struct x
less(struct x a, struct x b)
{
    if (is_int(a) && is_int(b))
        return op2(TR_LT, op1(TR_UNBOX_INT, a), op1(TR_UNBOX_INT, b));
    if (is_flt(a) && is_flt(b))
        return op2(TR_FLT, op1(TR_UNBOX_FLT, a), op1(TR_UNBOX_FLT, b));
    return op2(TR_XEQ, a, b);
}

/* Mode 1 of an exit: the call's result is in A and has not been looked at. */
static void
look_at_result(uint32_t pc)
{
    struct x r = {T->regs[T->code[pc].a], TR_NONE};

    if (r.v == NB_NOTHING)
        set(T->code[pc].a, op1(TR_BOX_INT, k_int(-1)));
}

static void
call_something(const struct toy_code *c, uint32_t pc)
{
    struct x v = reg(c->b), w = reg(c->c), p, r;

    if (c->op == TOY_PURE) {
        if (is_int(v))
            set(c->a, call(C_PURE, 1, v, v));
        return;
    }
    if (!is_object(v, &p))
        return;
    if (c->op == TOY_READ) {
        set(c->a, call(C_READ, 1, p, p));
    } else if (c->op == TOY_WRITE) {
        call(C_WRITE, 1, p, p);
    } else {
        r = call(C_ANY, 2, p, w);
        set(c->a, r);
        if (rec)
            tr_guard_mode(
                rec, tr_emit2(rec, TR_XNE, r.r, tr_const_val(rec, NB_NOTHING)),
                r.v != NB_NOTHING, 1);
        look_at_result(pc);
    }
}

static void
pick(const struct toy_code *c)
{
    struct x a = reg(c->b), b = reg(c->c), cond, r;

    if (!is_int(a))
        return;
    cond = op2(TR_AND, op1(TR_UNBOX_INT, a), k_int(1));
    r.v = cond.v ? b.v : a.v;
    r.r = TR_NONE;
    if (rec) {
        tr_ref pair = tr_emit(rec, TR_PAIR, TR_VAL, 0, b.r, a.r);

        r.r = tr_emit(rec, TR_SELECT, TR_VAL, 0,
                      tr_emit2(rec, TR_NE, cond.r, tr_const_int(rec, 0)), pair);
    }
    set(c->a, r);
}

static double
odd_float(int32_t imm)
{
    switch (imm & 15) {
    case 0:
        return -0.0;
    case 1:
        return 0.0;
    case 2:
        return HUGE_VAL;
    case 3:
        return -HUGE_VAL;
    default:
        return imm * 0.25;
    }
}

/* Executes one bytecode; returns the next pc. */
static uint32_t
step(uint32_t pc)
{
    const struct toy_code *c = &T->code[pc];
    struct x v, p;

    switch ((enum toy_op)c->op) {
    case TOY_INT:
        set(c->a, k_val(toy_int(c->imm)));
        break;
    case TOY_FLT:
        set(c->a, k_val(toy_flt(odd_float(c->imm))));
        break;
    case TOY_MOVE:
        set(c->a, reg(c->b));
        break;
    case TOY_SWAP:
        v = reg(c->a);
        p = reg(c->b);
        set(c->a, p);
        set(c->b, v);
        break;
    case TOY_ADD:
        arith(c, TR_ADD, TR_FADD);
        break;
    case TOY_SUB:
        arith(c, TR_SUB, TR_FSUB);
        break;
    case TOY_MUL:
        arith(c, TR_MUL, TR_FMUL);
        break;
    case TOY_DIV:
        divide(c, false);
        break;
    case TOY_MOD:
        divide(c, true);
        break;
    case TOY_ADDI:
    case TOY_DIVI:
    case TOY_MODI:
    case TOY_BITS:
    case TOY_SHIFT:
        int_with_const(c);
        break;
    case TOY_FLTOP:
        float_op(c);
        break;
    case TOY_CONV:
        convert(c);
        break;
    case TOY_NEW:
    case TOY_NEW2:
        make_object(c);
        break;
    case TOY_GETX:
    case TOY_GETY:
    case TOY_GETN:
    case TOY_GETD:
    case TOY_GETW:
    case TOY_GETU:
    case TOY_GETF:
    case TOY_GETI:
        get(c);
        break;
    case TOY_SETX:
    case TOY_SETY:
    case TOY_SETD:
    case TOY_SETW:
    case TOY_SETU:
    case TOY_SETI:
        put(c);
        break;
    case TOY_INCN:
        if (is_object(reg(c->a), &p)) {
            v = op2(TR_ADD, load(F_N, p), k_int(c->imm));
            if (test(op1(TR_FITS, v)))
                store(F_N, p, v);
        }
        break;
    case TOY_GETV:
        indexed(c, false);
        break;
    case TOY_SETV:
        indexed(c, true);
        break;
    case TOY_SAME:
        set(c->a, op1(TR_BOX_INT, op2(TR_XEQ, reg(c->b), reg(c->c))));
        break;
    case TOY_LESS:
        set(c->a, op1(TR_BOX_BOOL, less(reg(c->b), reg(c->c))));
        break;
    case TOY_KIND:
        v = reg(c->b);
        set(c->a, k_val(toy_int(is_int(v) ? 1 : is_flt(v) ? 2 : 3)));
        break;
    case TOY_PURE:
    case TOY_READ:
    case TOY_WRITE:
    case TOY_ANY:
        call_something(c, pc);
        break;
    case TOY_JLESS:
        if (test(less(reg(c->b), reg(c->c))))
            return pc + 1 + (uint32_t)c->imm % 4;
        break;
    case TOY_JTRUE:
        if (test(op2(TR_XEQ, reg(c->b), k_val(toy_host.true_bits))))
            return pc + 1 + (uint32_t)c->imm % 4;
        break;
    case TOY_JSMALL:
        v = reg(c->b);
        if (is_int(v) &&
            test(op2(TR_LT, op1(TR_UNBOX_INT, v), k_int(c->imm & 63))))
            return pc + 1 + c->c % 4;
        break;
    case TOY_JODD:
        v = op2(TR_AND, op1(TR_UNBOX_INT, reg(0)), k_int((c->imm & 3) + 1));
        if (is_int(reg(0)) && test(op2(TR_EQ, v, k_int(0))))
            return pc + 1 + c->c % 4;
        break;
    case TOY_PICK:
        pick(c);
        break;
    case TOY_NOPS:
        break;
    }
    return pc + 1;
}

/* The loop's end: r0 := r0 + 1; on with the loop? */
static bool
loop_goes_on(void)
{
    struct x i = op1(TR_UNBOX_INT, reg(0));
    struct x n = op1(TR_UNBOX_INT, reg(1));
    struct x next = op2(TR_ADD, i, k_int(1));

    if (!is_int(reg(0)) || !is_int(reg(1)) || !test(op1(TR_FITS, next)) ||
        !test(op2(TR_LT, next, n)))
        return false;
    set(0, op1(TR_BOX_INT, next));
    return true;
}

/* -- running with a JIT -- */

static void
finish(uint32_t pc, bool ended, const struct tr_site *site)
{
    if (tr_aborted(rec)) {
        tr_finish_abort(rec);
    } else if (pc == 0) {
        tr_at(rec, 0, 0, 0, TOY_REGS);
        if (tr_rec_kind(rec) != TR_BRIDGE)
            toy_recorded += tr_finish_loop(rec) != NULL;
        else if (site->trace)
            toy_bridges += tr_finish_link(rec, site->trace) != NULL;
        else
            tr_finish_abort(rec);
    } else if (ended && tr_rec_kind(rec) == TR_BRIDGE) {
        tr_at(rec, pc, 0, 0, TOY_REGS);
        toy_bridges += tr_finish_leave(rec) != NULL;
    } else {
        tr_abort(rec, TR_ABORT_LEFT_LOOP);
        tr_finish_abort(rec);
    }
    rec = NULL;
}

/* Enters the trace at the loop's head; where the interpreter goes on. */
static uint32_t
enter(struct tr_jit *jit, struct tr_site *site)
{
    struct tr_left left;
    uint32_t pc;

    tr_enter(jit, site->trace, T->regs, NULL, &left);
    pc = (uint32_t)left.snap->pc;
    toy_entered++;
    if (left.snap->mode == 1) {
        look_at_result(pc);
        return pc + 1;
    }
    if (left.want_bridge)
        rec = tr_record_bridge(jit, &left);
    return pc;
}

void
toy_run(struct toy *t, struct tr_jit *jit)
{
    struct tr_site site;
    uint32_t pc = 0;
    bool ended = false;

    T = t;
    rec = NULL;
    if (jit)
        tr_site_init(jit, &site, TR_ROOT_LOOP, 1);
    while (!ended) {
        if (pc == 0 && jit && !rec && --site.count < 0) {
            enum tr_advice advice = tr_hot(jit, &site);

            if (advice == TR_RECORD)
                rec = tr_record_root(jit, &site, t->regs);
            else if (advice == TR_ENTER)
                pc = enter(jit, &site);
        }
        if (rec)
            tr_at(rec, pc, 0, 0, TOY_REGS);
        if (pc < t->length) {
            pc = step(pc);
            if (pc > t->length)
                pc = t->length;
        } else {
            ended = !loop_goes_on();
            pc = ended ? t->length + 1 : 0;
        }
        if (rec && (ended || pc == 0 || tr_aborted(rec)))
            finish(pc, ended, &site);
    }
}

/* -- comparing -- */

static struct nac_map twins;

static bool same_object(const struct toy_object *p, const struct toy_object *q);

static bool
same_word(uint64_t x, uint64_t y)
{
    if (word_is_ptr(x) && word_is_ptr(y))
        return same_object((void *)(uintptr_t)(x - NB_PTR_TAG),
                           (void *)(uintptr_t)(y - NB_PTR_TAG));
    if (x <= NB_MAX_FLOAT && y <= NB_MAX_FLOAT && word_flt(x) != word_flt(x))
        return word_flt(y) != word_flt(y);
    return x == y;
}

static bool
same_object(const struct toy_object *p, const struct toy_object *q)
{
    uint64_t *twin = nac_map_at_int(&twins, (uint64_t)(uintptr_t)p);
    uint32_t i;

    if (*twin)
        return *twin == (uint64_t)(uintptr_t)q;
    *twin = (uint64_t)(uintptr_t)q;
    twin = nac_map_at_int(&twins, (uint64_t)(uintptr_t)q | 1);
    if (*twin)
        return false; /* two objects of one side, one of the other */
    *twin = 1;
    if (p->type != q->type || p->n != q->n || p->w != q->w || p->u != q->u ||
        p->frozen != q->frozen || toy_flt(p->d) != toy_flt(q->d))
        return false;
    for (i = 0; i < TOY_ITEMS; i++)
        if (!same_word(p->items[i], q->items[i]))
            return false;
    return same_word(p->x, q->x) && same_word(p->y, q->y);
}

bool
toy_equal(const struct toy *x, const struct toy *y)
{
    bool same = x->log == y->log && x->calls == y->calls;
    uint32_t i;

    memset(&twins, 0, sizeof twins);
    for (i = 0; i < TOY_REGS; i++)
        if (!same_word(x->regs[i], y->regs[i])) {
            printf("# r%u: %#" PRIx64 " but %#" PRIx64 "\n", i, x->regs[i],
                   y->regs[i]);
            same = false;
        }
    if (!x->seen != !y->seen || (x->seen && !same_object(x->seen, y->seen)))
        same = false;
    for (i = TOY_REGS; i < 256; i++)
        same = same && x->regs[i] == y->regs[i];
    nac_map_free(&twins);
    return same;
}
