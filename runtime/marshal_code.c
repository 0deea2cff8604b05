/* SPDX-License-Identifier: MIT
 * runtime/marshal_code.c: struct fe_code to bytes and back. Numbers are
 * written as variable-length groups of 7 bits, the lowest first; positions as
 * differences to the instruction before, since most of them change little. The
 * reader trusts nothing: the file may come from anybody. Called by
 * code_cache.c.
 */
#include "config.h"

#include "runtime/marshal_code.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "frontend/code.h"

enum { FORMAT = 1, MAX_DEPTH = 200 };

uint32_t
rt_marshal_version(void)
{
    static const char names[] =
#define OP(name, format, flags, text) #name " " #format "\n"
#include "frontend/ops.def"
#undef OP
        ;
    uint32_t hash = 2166136261u ^ FORMAT;

    for (const char *p = names; *p; p++)
        hash = (hash ^ (uint8_t)*p) * 16777619u;
    return hash;
}

/* -- writing -- */

static void
put_number(struct nac_buf *b, uint64_t v)
{
    while (v >= 128) {
        nac_buf_u8(b, (uint8_t)(v | 128));
        v >>= 7;
    }
    nac_buf_u8(b, (uint8_t)v);
}

static void
put_signed(struct nac_buf *b, int64_t v)
{
    put_number(b, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static void
put_bytes(struct nac_buf *b, const char *s, size_t len)
{
    put_number(b, len);
    nac_buf_put(b, s, len);
}

static void
put_constant(struct nac_buf *b, const struct fe_constant *k)
{
    nac_buf_u8(b, k->kind);
    switch ((enum fe_const_kind)k->kind) {
    case FE_CONST_INT:
        put_signed(b, k->i);
        break;
    case FE_CONST_FLOAT:
    case FE_CONST_COMPLEX:
        nac_buf_put(b, &k->f, sizeof k->f);
        nac_buf_put(b, &k->f2, sizeof k->f2);
        break;
    case FE_CONST_BIGINT:
        put_bytes(b, k->text, k->len ? k->len : strlen(k->text));
        break;
    case FE_CONST_STR:
    case FE_CONST_NAME:
    case FE_CONST_BYTES:
        put_bytes(b, k->text, k->len);
        break;
    case FE_CONST_TUPLE:
    case FE_CONST_FROZENSET:
        put_number(b, k->len);
        for (uint32_t i = 0; i < k->len; i++)
            put_constant(b, &k->items[i]);
        break;
    case FE_CONST_CODE:
        rt_marshal_code(b, k->code);
        break;
    default:
        break;
    }
}

static void
put_positions(struct nac_buf *b, const struct fe_code *code)
{
    struct fe_position last = {0};

    for (uint32_t i = 0; i < code->nins; i++) {
        const struct fe_position *p = &code->positions[i];

        put_signed(b, (int64_t)p->line - last.line);
        put_signed(b, (int64_t)p->end_line - p->line);
        put_signed(b, (int64_t)p->col - last.col);
        put_signed(b, (int64_t)p->end_col - p->col);
        last = *p;
    }
}

void
rt_marshal_code(struct nac_buf *b, const struct fe_code *code)
{
    const uint32_t numbers[] = {code->flags,           code->argcount,
                                code->posonlyargcount, code->kwonlyargcount,
                                code->nlocals,         code->nfree,
                                code->nregs,           code->nins,
                                code->nconsts,         code->nexcs};

    put_bytes(b, code->name, strlen(code->name));
    put_bytes(b, code->qualname, strlen(code->qualname));
    put_signed(b, code->first_line);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(b, numbers[i]);
    for (uint32_t i = 0; i < code->nlocals; i++)
        put_bytes(b, code->local_names[i], strlen(code->local_names[i]));
    for (uint32_t i = 0; i < code->nlocals; i++)
        nac_buf_u8(b, code->local_is_cell[i]);
    for (uint32_t i = 0; i < code->nfree; i++)
        put_bytes(b, code->free_names[i], strlen(code->free_names[i]));
    for (uint32_t i = 0; i < code->nins; i++) {
        nac_buf_u8(b, code->ins[i].op);
        nac_buf_u8(b, code->ins[i].x);
        nac_buf_u16(b, (uint16_t)code->ins[i].a);
        nac_buf_u32(b, (uint32_t)code->ins[i].bc);
    }
    put_positions(b, code);
    for (uint32_t i = 0; i < code->nexcs; i++) {
        put_number(b, code->excs[i].start);
        put_number(b, code->excs[i].end);
        put_number(b, code->excs[i].handler);
        put_signed(b, code->excs[i].reg);
    }
    for (uint32_t i = 0; i < code->nconsts; i++)
        put_constant(b, &code->consts[i]);
}

/* -- reading -- */

struct reader {
    struct nac_arena *arena;
    const char *at, *end;
    const char *filename;
    const char *why; /* not NULL: failed; everything read then is zero */
    int depth;
};

static void
fail(struct reader *r, const char *why)
{
    if (!r->why)
        r->why = why;
    r->at = r->end;
}

static uint8_t
get_u8(struct reader *r)
{
    if (r->at == r->end) {
        fail(r, "it ends too early");
        return 0;
    }
    return (uint8_t)*r->at++;
}

static uint64_t
get_number(struct reader *r)
{
    uint64_t v = 0;

    for (int shift = 0; shift < 64; shift += 7) {
        uint8_t byte = get_u8(r);

        v |= (uint64_t)(byte & 127) << shift;
        if (!(byte & 128))
            return v;
    }
    fail(r, "a number is too long");
    return 0;
}

static int64_t
get_signed(struct reader *r)
{
    uint64_t v = get_number(r);

    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static int32_t
get_i32(struct reader *r)
{
    int64_t v = get_signed(r);

    if (v != (int32_t)v)
        fail(r, "a number is out of range");
    return (int32_t)v;
}

/* How many things of at least [size] bytes each follow. */
static uint32_t
get_count(struct reader *r, size_t size)
{
    uint64_t n = get_number(r);

    if (n > UINT32_MAX || n > (uint64_t)(r->end - r->at) / size) {
        fail(r, "a length is out of range");
        return 0;
    }
    return (uint32_t)n;
}

static uint32_t
get_u32(struct reader *r)
{
    uint64_t v = get_number(r);

    if (v > INT32_MAX)
        fail(r, "a number is out of range");
    return r->why ? 0 : (uint32_t)v;
}

static const char *
get_text(struct reader *r, uint32_t *len)
{
    uint32_t n = get_count(r, 1);
    const char *s = nac_arena_strndup(r->arena, r->at, n);

    r->at += n;
    if (len)
        *len = n;
    else if (memchr(s, 0, n))
        fail(r, "a name has a zero byte");
    return s;
}

static bool
is_decimal(const char *s)
{
    s += *s == '-';
    return *s && s[strspn(s, "0123456789")] == 0;
}

static struct fe_code *read_code(struct reader *r);

static void
read_constant(struct reader *r, struct fe_constant *k)
{
    k->kind = get_u8(r);
    switch ((enum fe_const_kind)k->kind) {
    case FE_CONST_NONE:
    case FE_CONST_TRUE:
    case FE_CONST_FALSE:
    case FE_CONST_ELLIPSIS:
    case FE_CONST_NOTHING:
        break;
    case FE_CONST_INT:
        k->i = get_signed(r);
        break;
    case FE_CONST_FLOAT:
    case FE_CONST_COMPLEX:
        if (r->end - r->at < 16) {
            fail(r, "it ends too early");
            break;
        }
        memcpy(&k->f, r->at, 8);
        memcpy(&k->f2, r->at + 8, 8);
        if (k->f != k->f) /* a NaN's payload would be another value */
            k->f = NAN;
        if (k->f2 != k->f2)
            k->f2 = NAN;
        r->at += 16;
        break;
    case FE_CONST_BIGINT:
        k->text = get_text(r, &k->len);
        if (strlen(k->text) != k->len || !is_decimal(k->text))
            fail(r, "an int has other characters than digits");
        break;
    case FE_CONST_STR:
    case FE_CONST_NAME:
    case FE_CONST_BYTES:
        k->text = get_text(r, &k->len);
        break;
    case FE_CONST_TUPLE:
    case FE_CONST_FROZENSET: {
        struct fe_constant *items;

        if (++r->depth > MAX_DEPTH) {
            fail(r, "constants are nested too deeply");
            break;
        }
        k->len = get_count(r, 1);
        items = NAC_NEW_ARRAY(r->arena, struct fe_constant, k->len + 1);
        for (uint32_t i = 0; i < k->len && !r->why; i++)
            read_constant(r, &items[i]);
        k->items = items;
        r->depth--;
        break;
    }
    case FE_CONST_CODE:
        k->code = read_code(r);
        break;
    default:
        fail(r, "a constant is of no known kind");
    }
}

static const char *const *
read_names(struct reader *r, uint32_t n)
{
    const char **names = NAC_NEW_ARRAY(r->arena, const char *, n + 1);

    for (uint32_t i = 0; i < n; i++)
        names[i] = get_text(r, NULL);
    return names;
}

static void
read_instructions(struct reader *r, struct fe_code *code)
{
    struct fe_ins *ins = NAC_NEW_ARRAY(r->arena, struct fe_ins, code->nins + 1);
    struct fe_position *p =
        NAC_NEW_ARRAY(r->arena, struct fe_position, code->nins + 1);
    struct fe_position last = {0};

    code->ins = ins;
    code->positions = p;
    for (uint32_t i = 0; i < code->nins && !r->why; i++) {
        const uint8_t *b = (const uint8_t *)r->at;

        if (r->end - r->at < 8) {
            fail(r, "it ends too early");
            return;
        }
        ins[i].op = b[0];
        ins[i].x = b[1];
        ins[i].a = (int16_t)(uint16_t)(b[2] | b[3] << 8);
        ins[i].bc = (int32_t)(b[4] | (uint32_t)b[5] << 8 |
                              (uint32_t)b[6] << 16 | (uint32_t)b[7] << 24);
        r->at += 8;
        if (ins[i].op >= FE_NOPS)
            fail(r, "an instruction is unknown");
    }
    for (uint32_t i = 0; i < code->nins && !r->why; i++) {
        p[i].line = (int32_t)(last.line + (int64_t)get_i32(r));
        p[i].end_line = (int32_t)(p[i].line + (int64_t)get_i32(r));
        p[i].col = (int32_t)(last.col + (int64_t)get_i32(r));
        p[i].end_col = (int32_t)(p[i].col + (int64_t)get_i32(r));
        last = p[i];
    }
}

static void
read_tables(struct reader *r, struct fe_code *code)
{
    struct fe_exc_entry *excs =
        NAC_NEW_ARRAY(r->arena, struct fe_exc_entry, code->nexcs + 1);
    struct fe_constant *consts =
        NAC_NEW_ARRAY(r->arena, struct fe_constant, code->nconsts + 1);

    for (uint32_t i = 0; i < code->nexcs && !r->why; i++) {
        excs[i].start = get_u32(r);
        excs[i].end = get_u32(r);
        excs[i].handler = get_u32(r);
        excs[i].reg = get_i32(r);
    }
    for (uint32_t i = 0; i < code->nconsts && !r->why; i++)
        read_constant(r, &consts[i]);
    code->excs = excs;
    code->consts = consts;
}

/* Numbers that the code object's maker relies on. */
static void
check_numbers(struct reader *r, const struct fe_code *code)
{
    uint64_t params = (uint64_t)code->argcount + code->kwonlyargcount +
                      ((code->flags & FE_VARARGS) != 0) +
                      ((code->flags & FE_VARKEYWORDS) != 0);
    bool space = code->flags & FE_NAMESPACE;

    if (code->posonlyargcount > code->argcount || params > code->nlocals ||
        (uint64_t)code->nlocals + code->nfree > code->nregs ||
        code->nregs > INT16_MAX || (space && !code->nlocals))
        fail(r, "its counts contradict each other");
    if (code->flags & FE_HAS_DOC &&
        (!code->nconsts || code->consts[0].kind != FE_CONST_STR))
        fail(r, "its docstring is missing");
}

static struct fe_code *
read_code(struct reader *r)
{
    struct fe_code *code = NAC_NEW(r->arena, struct fe_code);
    uint8_t *cells;

    if (++r->depth > MAX_DEPTH)
        fail(r, "code is nested too deeply");
    code->filename = r->filename;
    code->name = get_text(r, NULL);
    code->qualname = get_text(r, NULL);
    code->first_line = get_i32(r);
    code->flags = get_u32(r);
    code->argcount = get_u32(r);
    code->posonlyargcount = get_u32(r);
    code->kwonlyargcount = get_u32(r);
    code->nlocals = get_count(r, 2);
    code->nfree = get_count(r, 1);
    code->nregs = get_u32(r);
    code->nins = get_count(r, 12);
    code->nconsts = get_count(r, 1);
    code->nexcs = get_count(r, 4);
    code->local_names = read_names(r, code->nlocals);
    cells = NAC_NEW_ARRAY(r->arena, uint8_t, code->nlocals + 1);
    for (uint32_t i = 0; i < code->nlocals; i++)
        cells[i] = get_u8(r) != 0;
    code->local_is_cell = cells;
    code->free_names = read_names(r, code->nfree);
    read_instructions(r, code);
    read_tables(r, code);
    if (!r->why)
        check_numbers(r, code);
    r->depth--;
    return code;
}

struct fe_code *
rt_unmarshal_code(struct nac_arena *arena, const char *bytes, size_t len,
                  const char *filename, const char **why)
{
    struct reader r = {
        .arena = arena, .at = bytes, .end = bytes + len, .filename = filename};
    struct fe_code *code = read_code(&r);

    if (!r.why && r.at != r.end)
        r.why = "something follows its end";
    *why = r.why;
    return r.why ? NULL : code;
}
