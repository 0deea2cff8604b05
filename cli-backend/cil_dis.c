/* SPDX-License-Identifier: MIT
 * cli-backend/cil_dis.c: the disassembler: CIL bytes to text, one instruction
 * a line, with labels IL_nnnn. Tests compare its output with files; dumps and
 * tools/nacre-image.c print it.
 */
#include "config.h"

#include "cli-backend/il.h"

#include <inttypes.h>
#include <string.h>

static uint32_t
read_u32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static uint64_t
read_u64(const uint8_t *p)
{
    return read_u32(p) | (uint64_t)read_u32(p + 4) << 32;
}

static const struct cil_info *
find_op(uint32_t code)
{
    static uint16_t index[2][256]; /* op + 1, by first and second byte */

    if (!index[0][0]) {
        for (int i = 0; i < CIL_NOPS; i++)
            index[cil_info[i].code > 0xFF][cil_info[i].code & 0xFF] =
                (uint16_t)(i + 1);
    }
    if (code > 0xFF && code >> 8 != 0xFE)
        return NULL;
    code = index[code > 0xFF][code & 0xFF];
    return code ? &cil_info[code - 1] : NULL;
}

static int
operand_size(uint8_t operand)
{
    static const int8_t size[] = {
        [CIL_O_NONE] = 0, [CIL_O_I8] = 1,    [CIL_O_I32] = 4,
        [CIL_O_I64] = 8,  [CIL_O_R32] = 4,   [CIL_O_R64] = 8,
        [CIL_O_VAR8] = 1, [CIL_O_VAR16] = 2, [CIL_O_BR8] = 1,
        [CIL_O_BR32] = 4, [CIL_O_TOKEN] = 4, [CIL_O_SWITCH] = 4,
    };

    return size[operand];
}

/* A float64 in a form that says it whole: digits, or its bits for the values
 * that have none (NaN, infinities). */
static void
put_double(struct nac_buf *out, uint64_t bits)
{
    double d;

    memcpy(&d, &bits, 8);
    if ((bits & UINT64_C(0x7FF0000000000000)) == UINT64_C(0x7FF0000000000000))
        nac_buf_printf(out, "float64(0x%016" PRIX64 ")", bits);
    else
        nac_buf_printf(out, "%.17g", d);
}

/* Integers that look like addresses or tags read better in hexadecimal. */
static void
put_int64(struct nac_buf *out, int64_t v)
{
    if (v > -1000000 && v < 1000000)
        nac_buf_printf(out, "%" PRId64, v);
    else
        nac_buf_printf(out, "0x%" PRIX64, (uint64_t)v);
}

static int
put_operand(struct nac_buf *out, const struct cil_info *info, const uint8_t *p,
            size_t next, size_t left)
{
    switch (info->operand) {
    case CIL_O_I8:
        nac_buf_printf(out, "%d", (int8_t)p[0]);
        break;
    case CIL_O_I32:
        nac_buf_printf(out, "%" PRId32, (int32_t)read_u32(p));
        break;
    case CIL_O_I64:
        put_int64(out, (int64_t)read_u64(p));
        break;
    case CIL_O_R32:
        nac_buf_printf(out, "float32(0x%08" PRIX32 ")", read_u32(p));
        break;
    case CIL_O_R64:
        put_double(out, read_u64(p));
        break;
    case CIL_O_VAR8:
        nac_buf_printf(out, "%u", p[0]);
        break;
    case CIL_O_VAR16:
        nac_buf_printf(out, "%u", p[0] | (unsigned)p[1] << 8);
        break;
    case CIL_O_BR8:
        nac_buf_printf(out, "IL_%04zx", next + (size_t)(int8_t)p[0]);
        break;
    case CIL_O_BR32:
        nac_buf_printf(out, "IL_%04zx", next + (size_t)(int32_t)read_u32(p));
        break;
    case CIL_O_SWITCH: { /* III.3.66: count, then distances from the end */
        uint32_t n = read_u32(p);

        if (n > (left - 4) / 4)
            return -1;
        nac_buf_putc(out, '(');
        for (uint32_t i = 0; i < n; i++)
            nac_buf_printf(out, "%sIL_%04zx", i ? ", " : "",
                           next + n * 4 +
                               (size_t)(int32_t)read_u32(p + 4 + i * 4));
        nac_buf_putc(out, ')');
        break;
    }
    default:
        break;
    }
    return 0;
}

int
cli_dis_code(struct nac_buf *out, const uint8_t *code, size_t len,
             cli_namer namer, void *arg)
{
    size_t at = 0;

    while (at < len) {
        size_t begin = at;
        uint32_t byte = code[at++];
        const struct cil_info *info;
        size_t size;

        if (byte == 0xFE && at < len)
            byte = byte << 8 | code[at++];
        info = find_op(byte);
        size = info ? (size_t)operand_size(info->operand) : 0;
        if (!info || len - at < size) {
            nac_buf_printf(out, "    IL_%04zx: .byte 0x%02x\n", begin,
                           code[begin]);
            return -1;
        }
        nac_buf_printf(out, "    IL_%04zx: %s", begin, info->text);
        if (size)
            nac_buf_putc(out, ' ');
        if (info->operand == CIL_O_TOKEN) {
            uint32_t token = read_u32(code + at);

            if (!namer || !namer(arg, (uint32_t)at, token, out))
                nac_buf_printf(out, "0x%08" PRIx32, token);
        } else if (info->operand == CIL_O_I64 && namer &&
                   namer(arg, (uint32_t)at, 0, out)) {
            ;
        } else if (put_operand(out, info, code + at, at + size, len - at)) {
            nac_buf_puts(out, "?\n");
            return -1;
        }
        nac_buf_putc(out, '\n');
        at += size;
        if (info->operand == CIL_O_SWITCH)
            at += (size_t)read_u32(code + at - 4) * 4;
    }
    return 0;
}

void
cli_dis_sig(struct nac_buf *out, const uint8_t *bytes, size_t len)
{
    uint32_t n = 0;
    size_t at = 1;
    size_t used = len > 1 ? cli_sig_read_number(bytes + 1, len - 1, &n) : 0;

    if (!used) {
        nac_buf_puts(out, "?");
        return;
    }
    at += used;
    if (bytes[0] == 0x07) { /* II.23.2.6 */
        nac_buf_puts(out, "(");
    } else if (at < len) {
        nac_buf_printf(out, "%s (", cli_type_name(bytes[at++]));
    }
    for (uint32_t i = 0; i < n && at < len; i++)
        nac_buf_printf(out, "%s%s", i ? ", " : "", cli_type_name(bytes[at++]));
    nac_buf_putc(out, ')');
}

static const char *const member_name[CLI_NMEMBERS] = {
    "float64 System.Math::Sqrt(float64)",
    "float64 System.Math::Abs(float64)",
    "float64 System.Math::Floor(float64)",
};

static bool
name_operand(void *arg, uint32_t at, uint32_t token, struct nac_buf *out)
{
    const struct cli_il *il = arg;

    (void)token;
    for (uint32_t i = 0; i < il->notes.len; i++) {
        if (il->notes.items[i].at == at) {
            nac_buf_puts(out, il->notes.items[i].text);
            return true;
        }
    }
    for (uint32_t i = 0; i < il->relocs.len; i++) {
        const struct cli_reloc *r = &il->relocs.items[i];

        if (r->at != at)
            continue;
        if (r->is_member)
            nac_buf_puts(out, member_name[r->member]);
        else
            cli_dis_sig(out, r->sig.bytes, r->sig.len);
        return true;
    }
    return false;
}

void
cli_dis_il(struct nac_buf *out, const struct cli_il *il)
{
    nac_buf_printf(out, "  .maxstack %d\n", il->max_depth);
    if (il->locals.len) {
        nac_buf_puts(out, "  .locals (");
        for (uint32_t i = 0; i < il->locals.len; i++)
            nac_buf_printf(out, "%s%s", i ? ", " : "",
                           cli_type_name(il->locals.items[i]));
        nac_buf_puts(out, ")\n");
    }
    cli_dis_code(out, (const uint8_t *)il->code.data, il->code.len,
                 name_operand, (void *)(uintptr_t)il);
}
