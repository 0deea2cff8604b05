/* SPDX-License-Identifier: MIT
 * cli-backend/encode.c: appends CIL instructions to a method. Every emit keeps
 * the depth of the evaluation stack by the columns of cil.def; branches are
 * always long and are filled in at the end. Called by the selector.
 */
#include "config.h"

#include "cli-backend/il.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"

const struct cil_info cil_info[CIL_NOPS] = {
#define CIL(name, code, operand, pop, push, flow, text)                        \
    {text, code, CIL_O_##operand, pop, push, CIL_F_##flow},
#include "cli-backend/cil.def"
#undef CIL
};

void
cli_il_free(struct cli_il *il)
{
    nac_buf_free(&il->code);
    nac_vec_free(&il->labels);
    nac_vec_free(&il->branches);
    nac_vec_free(&il->relocs);
    nac_vec_free(&il->notes);
    nac_vec_free(&il->locals);
    memset(il, 0, sizeof *il);
}

static void
adjust_stack(struct cli_il *il, int pop, int push)
{
    ASSERT(il->depth >= pop, "evaluation stack is empty");
    il->depth += push - pop;
    if (il->depth > il->max_depth)
        il->max_depth = il->depth;
}

static void
put_opcode(struct cli_il *il, enum cil_op op)
{
    const struct cil_info *info = &cil_info[op];

    if (il->dead || il->nblocks == 0)
        il->nblocks++;
    if (info->code > 0xFF)
        nac_buf_u8(&il->code, (uint8_t)(info->code >> 8));
    nac_buf_u8(&il->code, (uint8_t)info->code);
    il->dead = info->flow == CIL_F_END;
    if (info->pop >= 0 && info->push >= 0)
        adjust_stack(il, info->pop, info->push);
}

void
cli_emit(struct cli_il *il, enum cil_op op)
{
    ASSERT(cil_info[op].operand == CIL_O_NONE, "%s wants an operand",
           cil_info[op].text);
    put_opcode(il, op);
    if (op == CIL_RET)
        adjust_stack(il, 1, 0);
}

/* III.3.40 ldc.i4 in its shortest form. */
void
cli_emit_i4(struct cli_il *il, int32_t v)
{
    if (v >= -1 && v <= 8) {
        put_opcode(il, (enum cil_op)(CIL_LDC_I4_0 + v));
    } else if (v >= -128 && v <= 127) {
        put_opcode(il, CIL_LDC_I4_S);
        nac_buf_u8(&il->code, (uint8_t)v);
    } else {
        put_opcode(il, CIL_LDC_I4);
        nac_buf_u32(&il->code, (uint32_t)v);
    }
}

/* Always the long form: hosts fold it as one constant, "ldc.i4 conv.i8" they
 * may not. */
void
cli_emit_i8(struct cli_il *il, int64_t v)
{
    put_opcode(il, CIL_LDC_I8);
    nac_buf_u64(&il->code, (uint64_t)v);
}

void
cli_emit_r8(struct cli_il *il, uint64_t bits)
{
    put_opcode(il, CIL_LDC_R8);
    nac_buf_u64(&il->code, bits);
}

void
cli_emit_address(struct cli_il *il, const void *p, const char *name, ...)
{
    struct cli_note note;
    va_list ap;

    va_start(ap, name);
    vsnprintf(note.text, sizeof note.text, name, ap);
    va_end(ap);
    cli_emit_i8(il, (int64_t)(intptr_t)p);
    note.at = (uint32_t)il->code.len - 8;
    nac_vec_push(&il->notes, note);
    cli_emit(il, CIL_CONV_I);
}

uint32_t
cli_new_local(struct cli_il *il, enum cli_type type)
{
    nac_vec_push(&il->locals, (uint8_t)type);
    return il->locals.len - 1;
}

static void
emit_local(struct cli_il *il, uint32_t local, enum cil_op first,
           enum cil_op narrow, enum cil_op wide)
{
    ASSERT(local < il->locals.len, "local %u", local);
    if (local < 4) {
        put_opcode(il, (enum cil_op)(first + local));
    } else if (local < 256) {
        put_opcode(il, narrow);
        nac_buf_u8(&il->code, (uint8_t)local);
    } else {
        put_opcode(il, wide);
        nac_buf_u16(&il->code, (uint16_t)local);
    }
}

void
cli_emit_ldloc(struct cli_il *il, uint32_t local)
{
    emit_local(il, local, CIL_LDLOC_0, CIL_LDLOC_S, CIL_LDLOC);
}

void
cli_emit_stloc(struct cli_il *il, uint32_t local)
{
    emit_local(il, local, CIL_STLOC_0, CIL_STLOC_S, CIL_STLOC);
}

void
cli_emit_ldloca(struct cli_il *il, uint32_t local)
{
    ASSERT(local < il->locals.len, "local %u", local);
    put_opcode(il, local < 256 ? CIL_LDLOCA_S : CIL_LDLOCA);
    if (local < 256)
        nac_buf_u8(&il->code, (uint8_t)local);
    else
        nac_buf_u16(&il->code, (uint16_t)local);
}

uint32_t
cli_new_label(struct cli_il *il)
{
    nac_vec_push(&il->labels, (int64_t)-1);
    return il->labels.len - 1;
}

void
cli_place_label(struct cli_il *il, uint32_t label)
{
    ASSERT(il->labels.items[label] < 0, "label %u placed twice", label);
    il->labels.items[label] = (int64_t)il->code.len;
    if (il->dead)
        il->depth = 0; /* III.1.7.5: empty after an unconditional branch */
    else
        il->nblocks++;
}

void
cli_emit_branch(struct cli_il *il, enum cil_op op, uint32_t label)
{
    ASSERT(cil_info[op].operand == CIL_O_BR32, "%s is no long branch",
           cil_info[op].text);
    put_opcode(il, op);
    nac_vec_push(&il->branches,
                 (struct cli_branch){(uint32_t)il->code.len, label});
    nac_buf_u32(&il->code, 0);
    if (op != CIL_BR)
        il->nblocks++;
}

static void
put_token(struct cli_il *il, struct cli_reloc reloc)
{
    reloc.at = (uint32_t)il->code.len;
    nac_vec_push(&il->relocs, reloc);
    nac_buf_u32(&il->code, 0);
}

void
cli_emit_calli(struct cli_il *il, const struct cli_sig *sig, uint32_t nargs,
               bool result)
{
    put_opcode(il, CIL_CALLI);
    put_token(il, (struct cli_reloc){.sig = *sig});
    adjust_stack(il, (int)nargs + 1, result);
}

/* III.2.4: the tail. prefix, the call and ret stand together, and the stack
 * holds nothing but what the call takes. */
void
cli_emit_tail(struct cli_il *il)
{
    static const uint8_t args[1] = {CLI_I};
    struct cli_sig sig = cli_sig_method(CLI_I8, 1, args);

    put_opcode(il, CIL_TAIL);
    cli_emit_calli(il, &sig, 1, true);
    cli_emit(il, CIL_RET);
}

void
cli_emit_math(struct cli_il *il, enum cli_member member)
{
    put_opcode(il, CIL_CALL);
    put_token(il,
              (struct cli_reloc){.is_member = true, .member = (uint8_t)member});
    adjust_stack(il, 1, 1);
}

int
cli_il_finish(struct cli_il *il)
{
    for (uint32_t i = 0; i < il->branches.len; i++) {
        const struct cli_branch *b = &il->branches.items[i];
        int64_t to = il->labels.items[b->label];

        if (to < 0)
            return -1;
        nac_buf_set_u32(&il->code, b->at, (uint32_t)(to - (b->at + 4)));
    }
    return il->dead && il->depth == 0 ? 0 : -1;
}
