/* SPDX-License-Identifier: MIT
 * cli-backend/sig.c: signature blobs (ECMA-335 II.23.2) for methods, call sites
 * and local variables. The selector asks for call-site signatures, the image
 * for those of its method slots and local variables.
 */
#include "config.h"

#include "cli-backend/il.h"

#include "base/check.h"

/* II.23.2: 1, 2 or 4 bytes, big-endian, the length in the upper bits. */
void
cli_sig_number(struct nac_buf *out, uint32_t n)
{
    if (n < 0x80) {
        nac_buf_u8(out, (uint8_t)n);
    } else if (n < 0x4000) {
        nac_buf_u8(out, (uint8_t)(0x80 | n >> 8));
        nac_buf_u8(out, (uint8_t)n);
    } else {
        nac_buf_u8(out, (uint8_t)(0xC0 | n >> 24));
        nac_buf_u8(out, (uint8_t)(n >> 16));
        nac_buf_u8(out, (uint8_t)(n >> 8));
        nac_buf_u8(out, (uint8_t)n);
    }
}

size_t
cli_sig_read_number(const uint8_t *p, size_t len, uint32_t *n)
{
    if (len >= 1 && !(p[0] & 0x80)) {
        *n = p[0];
        return 1;
    }
    if (len >= 2 && (p[0] & 0xC0) == 0x80) {
        *n = (uint32_t)(p[0] & 0x3F) << 8 | p[1];
        return 2;
    }
    if (len >= 4 && (p[0] & 0xE0) == 0xC0) {
        *n = (uint32_t)(p[0] & 0x1F) << 24 | (uint32_t)p[1] << 16 |
             (uint32_t)p[2] << 8 | p[3];
        return 4;
    }
    return 0;
}

/* II.23.2.1 MethodDefSig, II.23.2.3 StandAloneMethodSig: calling convention
 * DEFAULT, number of parameters, result, parameters. */
struct cli_sig
cli_sig_method(enum cli_type result, uint32_t nargs, const uint8_t *args)
{
    struct cli_sig s = {0};

    ASSERT(nargs + 3 <= sizeof s.bytes, "%u arguments", nargs);
    s.bytes[s.len++] = 0x00;
    s.bytes[s.len++] = (uint8_t)nargs;
    s.bytes[s.len++] = (uint8_t)result;
    for (uint32_t i = 0; i < nargs; i++)
        s.bytes[s.len++] = args[i];
    return s;
}

/* II.23.2.6 LocalVarSig: LOCAL_SIG, count, one type for each. */
void
cli_sig_locals(struct nac_buf *out, const struct cli_il *il)
{
    nac_buf_u8(out, 0x07);
    cli_sig_number(out, il->locals.len);
    for (uint32_t i = 0; i < il->locals.len; i++)
        nac_buf_u8(out, il->locals.items[i]);
}

const char *
cli_type_name(uint8_t type)
{
    switch (type) {
    case CLI_VOID:
        return "void";
    case CLI_I4:
        return "int32";
    case CLI_I8:
        return "int64";
    case CLI_R8:
        return "float64";
    case CLI_I:
        return "native int";
    case 0x0E:
        return "string";
    case 0x1C:
        return "object";
    default:
        return "?";
    }
}
