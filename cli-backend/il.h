/* SPDX-License-Identifier: MIT
 * cli-backend/il.h: CIL code in the making. A struct cli_il is one method: its
 * instructions, labels, locals and the metadata tokens it wants, still
 * independent of any image or host. The encoder keeps the depth of the
 * evaluation stack (ECMA-335 III.1.7.4 .maxstack) and counts basic blocks.
 */
#ifndef CLI_IL_H
#define CLI_IL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"

enum cil_op {
#define CIL(name, code, operand, pop, push, flow, text) CIL_##name,
#include "cli-backend/cil.def"
#undef CIL
    CIL_NOPS
};

enum cil_operand {
    CIL_O_NONE,
    CIL_O_I8,
    CIL_O_I32,
    CIL_O_I64,
    CIL_O_R32,
    CIL_O_R64,
    CIL_O_VAR8,
    CIL_O_VAR16,
    CIL_O_BR8,
    CIL_O_BR32,
    CIL_O_TOKEN,
    CIL_O_SWITCH
};

enum cil_flow { CIL_F_NEXT, CIL_F_BRANCH, CIL_F_END, CIL_F_PREFIX };

struct cil_info {
    const char *text;
    uint16_t code;
    uint8_t operand; /* enum cil_operand */
    int8_t pop, push;
    uint8_t flow; /* enum cil_flow */
};

extern const struct cil_info cil_info[CIL_NOPS];

/* The types that traces use (II.23.1.16 element types). */
enum cli_type {
    CLI_VOID = 0x01,
    CLI_I4 = 0x08,
    CLI_I8 = 0x0A,
    CLI_R8 = 0x0D,
    CLI_I = 0x18 /* native int: addresses */
};

/* A method or call-site signature as its blob's bytes (II.23.2). */
struct cli_sig {
    uint8_t len;
    uint8_t bytes[19];
};

/* Static methods of the core library that hosts compile to an instruction. */
enum cli_member { CLI_MATH_SQRT, CLI_MATH_ABS, CLI_MATH_FLOOR, CLI_NMEMBERS };

/* A token that is known only once the method goes into an image. */
struct cli_reloc {
    uint32_t at; /* offset of the 4 bytes in the code */
    bool is_member;
    uint8_t member; /* enum cli_member */
    struct cli_sig sig;
};

/* What the int64 constant at [at] stands for: text of the disassembly, which
 * without it would differ from run to run. */
struct cli_note {
    uint32_t at;
    char text[36];
};

struct cli_branch {
    uint32_t at; /* offset of the 4-byte distance */
    uint32_t label;
};

struct cli_il {
    struct nac_buf code;
    NAC_VEC(int64_t) labels; /* offset, or -1 while not placed */
    NAC_VEC(struct cli_branch) branches;
    NAC_VEC(struct cli_reloc) relocs;
    NAC_VEC(struct cli_note) notes; /* in order of their places */
    NAC_VEC(uint8_t) locals;        /* enum cli_type of each */
    int depth, max_depth;
    bool dead;        /* the last instruction never goes on */
    uint32_t nblocks; /* basic blocks begun */
};

void cli_il_free(struct cli_il *il);

/* -- sig.c -- */

/* A static method's signature (II.23.2.1, II.23.2.3). */
struct cli_sig cli_sig_method(enum cli_type result, uint32_t nargs,
                              const uint8_t *args);
/* The blob of the local variables (II.23.2.6). */
void cli_sig_locals(struct nac_buf *out, const struct cli_il *il);
/* A compressed unsigned integer (II.23.2). */
void cli_sig_number(struct nac_buf *out, uint32_t n);
/* Reads one; returns the bytes used, 0 where it is broken. */
size_t cli_sig_read_number(const uint8_t *p, size_t len, uint32_t *n);
const char *cli_type_name(uint8_t type);

/* -- encode.c -- */

void cli_emit(struct cli_il *il, enum cil_op op);
void cli_emit_i4(struct cli_il *il, int32_t v);
void cli_emit_i8(struct cli_il *il, int64_t v);
void cli_emit_r8(struct cli_il *il, uint64_t bits);
/* An address: ldc.i8, conv.i. The text names it in disassemblies. */
void cli_emit_address(struct cli_il *il, const void *p, const char *name, ...)
    __attribute__((format(printf, 3, 4)));
uint32_t cli_new_local(struct cli_il *il, enum cli_type type);
void cli_emit_ldloc(struct cli_il *il, uint32_t local);
void cli_emit_stloc(struct cli_il *il, uint32_t local);
void cli_emit_ldloca(struct cli_il *il, uint32_t local);
uint32_t cli_new_label(struct cli_il *il);
void cli_place_label(struct cli_il *il, uint32_t label);
/* [op] is a long branch (BR32). */
void cli_emit_branch(struct cli_il *il, enum cil_op op, uint32_t label);
/* calli; the stack holds nargs arguments and the function's address. */
void cli_emit_calli(struct cli_il *il, const struct cli_sig *sig,
                    uint32_t nargs, bool result);
/* tail. calli of int64(native int), ret. */
void cli_emit_tail(struct cli_il *il);
/* float64(float64) of the core library. */
void cli_emit_math(struct cli_il *il, enum cli_member member);
/* Fills in the branches. 0, or -1 where a label was never placed or the stack
 * is not balanced. */
int cli_il_finish(struct cli_il *il);

/* -- cil_dis.c -- */

/* Writes what the token or (token 0) the int64 constant whose bytes are at
 * [at] means; false: print the number. */
typedef bool (*cli_namer)(void *arg, uint32_t at, uint32_t token,
                          struct nac_buf *out);

/* Appends the text of [len] bytes of code; [namer] may be NULL. Returns 0, or
 * -1 at the first broken byte. */
int cli_dis_code(struct nac_buf *out, const uint8_t *code, size_t len,
                 cli_namer namer, void *arg);
/* A method that was finished but is in no image yet. */
void cli_dis_il(struct nac_buf *out, const struct cli_il *il);
/* "int64 (native int)" of a signature's blob. */
void cli_dis_sig(struct nac_buf *out, const uint8_t *bytes, size_t len);

#endif
