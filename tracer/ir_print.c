/* SPDX-License-Identifier: MIT
 * tracer/ir_print.c: the text form of the IR. One instruction to a line:
 *
 *     %3 = UNBOX_INT %1           operation, operands a and b
 *     %4 = FLOAD.val list.items %2    kind where the operation has none of
 *                                 its own; fields and calls by name, before a
 *     GUARD_T %5 @2 !1            snapshot 2; !1 is the exit's number, once
 * known FITS %3 50                  other numbers last snap 2 pc=0x10 top=0
 * depth=0 mode=0 words=4 { 1: %3, 2: int:5 }
 *
 * %n is the result of instruction n, "-" no operand, LIT operands are plain
 * numbers. Constants: i:5 f:0x1p+0 p:0x10 c:1, and as values int:5 flt:0x1p+0
 * nothing v:0xfff9000000000010. ";" begins a comment. tr_parse_ir() reads all
 * of this back; logs, dumps and tests are the readers.
 */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/nanbox.h"
#include "tracer/tracer.h"

static double
as_double(uint64_t bits)
{
    double d;

    memcpy(&d, &bits, sizeof d);
    return d;
}

static void
put_float(struct nac_buf *out, const char *prefix, uint64_t bits)
{
    double d = as_double(bits);

    if (d != d)
        nac_buf_printf(out, "%snan:0x%" PRIx64, prefix, bits);
    else
        nac_buf_printf(out, "%s%a", prefix, d);
}

static void
put_value(struct nac_buf *out, uint64_t w)
{
    if (w == NB_NOTHING)
        nac_buf_puts(out, "nothing");
    else if (w >= NB_INT_TAG)
        nac_buf_printf(out, "int:%" PRId64, (int64_t)(w << 14) >> 14);
    else if (w <= NB_MAX_FLOAT)
        put_float(out, "flt:", w);
    else
        nac_buf_printf(out, "v:0x%" PRIx64, w);
}

static void
put_ref(struct nac_buf *out, const struct tr_code_ir *ir, tr_ref r)
{
    const struct tr_constant *k;

    if (tr_is_none(r)) {
        nac_buf_putc(out, '-');
        return;
    }
    if (!tr_is_const(r)) {
        nac_buf_printf(out, "%%%u", r.n);
        return;
    }
    if ((r.n & ~TR_CONST_BIT) >= ir->consts.len) {
        nac_buf_puts(out, "?");
        return;
    }
    k = tr_ir_k(ir, r);
    switch (k->kind) {
    case TR_I64:
        nac_buf_printf(out, "i:%" PRId64, (int64_t)k->bits);
        break;
    case TR_F64:
        put_float(out, "f:", k->bits);
        break;
    case TR_PTR:
        nac_buf_printf(out, "p:0x%" PRIx64, k->bits);
        break;
    case TR_COND:
        nac_buf_printf(out, "c:%" PRIu64, k->bits);
        break;
    default:
        put_value(out, k->bits);
        break;
    }
}

static void
put_operand(struct nac_buf *out, const struct tr_code_ir *ir, int what,
            tr_ref r)
{
    switch (what) {
    case TR_OPND_REF:
        nac_buf_putc(out, ' ');
        put_ref(out, ir, r);
        break;
    case TR_OPND_SNAP:
        nac_buf_printf(out, " @%u", r.n);
        break;
    case TR_OPND_LIT:
        nac_buf_printf(out, " %d", (int32_t)r.n);
        break;
    default:
        break;
    }
}

static void
put_name(struct nac_buf *out, const struct tr_host *host, int what, uint32_t n)
{
    if (what == TR_FIELD_FLD && host && n && n < host->nfields)
        nac_buf_printf(out, " %s", host->fields[n].name);
    else if (what == TR_FIELD_CALL && host && n && n < host->ncalls)
        nac_buf_printf(out, " %s", host->calls[n].name);
    else
        nac_buf_printf(out, " #%u", n);
}

static void
put_ins(struct nac_buf *out, const struct tr_host *host,
        const struct tr_code_ir *ir, uint32_t n)
{
    const struct tr_ins *i = &ir->ins.items[n];
    const struct tr_opinfo *info = &tr_opinfo[i->op];

    if (i->kind != TR_VOID || i->op == TR_CARG)
        nac_buf_printf(out, "%%%u = ", n);
    nac_buf_puts(out, info->name);
    if (info->result == TR_ANY)
        nac_buf_printf(out, ".%s", tr_kind_name[i->kind]);
    if (info->field == TR_FIELD_FLD || info->field == TR_FIELD_CALL)
        put_name(out, host, info->field, i->field);
    put_operand(out, ir, info->a, i->a);
    put_operand(out, ir, info->b, i->b);
    if (info->field == TR_FIELD_BITS)
        nac_buf_printf(out, " %u", i->field);
    else if (info->field == TR_FIELD_NUM && i->field)
        nac_buf_printf(out, " !%u", i->field);
}

static void
put_snap(struct nac_buf *out, const struct tr_code_ir *ir, uint32_t n)
{
    const struct tr_snap *s = &ir->snaps.items[n];
    uint32_t i;

    nac_buf_printf(out, "snap %u pc=0x%" PRIx64 " top=%d depth=%u mode=%u", n,
                   s->pc, s->top, s->depth, s->mode);
    if (s->words != INT32_MAX)
        nac_buf_printf(out, " words=%u", s->words);
    nac_buf_puts(out, " {");
    for (i = 0; i < s->count; i++) {
        const struct tr_snapent *e = &ir->ents.items[s->first + i];

        nac_buf_printf(out, "%s %d: ", i ? "," : "", e->slot);
        put_ref(out, ir, e->ref);
    }
    nac_buf_puts(out, s->count ? " }\n" : "}\n");
}

static void
print(struct nac_buf *out, const struct tr_host *host,
      const struct tr_code_ir *ir, const uint8_t *sunk)
{
    uint8_t *used = nac_calloc(ir->snaps.len + 1, 1);
    uint32_t i;

    for (i = 1; i < ir->ins.len; i++) {
        const struct tr_ins *ins = &ir->ins.items[i];

        put_ins(out, host, ir, i);
        if (sunk && sunk[i])
            nac_buf_puts(out, " ; sunk");
        nac_buf_putc(out, '\n');
        if (tr_opinfo[ins->op].b == TR_OPND_SNAP && ins->b.n < ir->snaps.len)
            used[ins->b.n] = 1;
    }
    for (i = 0; i < ir->snaps.len; i++)
        if (used[i])
            put_snap(out, ir, i);
    free(used);
}

void
tr_print_ir(struct nac_buf *out, const struct tr_host *host,
            const struct tr_code_ir *ir)
{
    print(out, host, ir, NULL);
}

void
tr_print_trace(struct nac_buf *out, const struct tr_host *host,
               const struct tr_trace *trace)
{
    static const char *const kinds[] = {"loop", "entry", "bridge"};
    char where[200] = "";

    nac_buf_printf(out, "; trace %u: %s", trace->id, kinds[trace->kind]);
    if (trace->parent)
        nac_buf_printf(out, " from exit %u of trace %u", trace->parent->index,
                       trace->parent->trace->id);
    if (host && host->name_location) {
        host->name_location(trace->location, where, sizeof where);
        nac_buf_printf(out, " at %s", where);
    }
    nac_buf_putc(out, '\n');
    print(out, host, &trace->ir, trace->sunk);
}
