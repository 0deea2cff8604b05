/* SPDX-License-Identifier: MIT
 * frontend/code.h: struct fe_code, compiled code as the front end yields it:
 * plain C data without a heap. runtime/code.c makes code objects of it, and
 * runtime/import.c writes it to the code cache.
 *
 * Register file of a frame, from word 0: the arguments (positional-only,
 * positional, keyword-only, then *args, then **kwargs), the other local
 * variables, the free variables' cells, temporaries. The runtime copies the
 * closure's cells to registers [nlocals, nlocals + nfree) at entry, and sets
 * local variables that are not arguments to NOTHING. A local variable that
 * inner functions capture keeps its register; MAKE_CELL wraps it at entry.
 * Code that works on a namespace (modules, class bodies, exec) has it in
 * R[0] (flag FE_NAMESPACE), which is then counted as local number 0 (named
 * ".namespace").
 */
#ifndef FE_CODE_H
#define FE_CODE_H

#include <stdint.h>

#include "base/arena.h"

enum fe_op {
#define OP(name, format, flags, text) FE_##name,
#include "frontend/ops.def"
#undef OP
    FE_NOPS
};

/* Words of a frame header, between the callable and the first argument. */
enum { FE_HEADER = 5, FE_ARGS = 6 };

struct fe_ins {
    uint8_t op;
    uint8_t x;
    int16_t a;
    union {
        struct {
            int16_t b, c;
        };
        int32_t bc;
    };
};

_Static_assert(sizeof(struct fe_ins) == 8, "instructions are one word");

enum fe_const_kind {
    FE_CONST_NONE,
    FE_CONST_TRUE,
    FE_CONST_FALSE,
    FE_CONST_ELLIPSIS,
    FE_CONST_NOTHING,   /* the "no value" word itself */
    FE_CONST_INT,       /* i */
    FE_CONST_BIGINT,    /* text: decimal digits, maybe '-' */
    FE_CONST_FLOAT,     /* f */
    FE_CONST_COMPLEX,   /* f imaginary, f2 real */
    FE_CONST_STR,       /* text, len: UTF-8, surrogates allowed */
    FE_CONST_NAME,      /* the same, to be interned */
    FE_CONST_BYTES,     /* text, len */
    FE_CONST_TUPLE,     /* items, len */
    FE_CONST_FROZENSET, /* items, len */
    FE_CONST_CODE       /* code */
};

struct fe_constant {
    uint8_t kind; /* enum fe_const_kind */
    uint32_t len;
    union {
        int64_t i;
        struct {
            double f, f2;
        };
        const char *text;
        const struct fe_constant *items;
        const struct fe_code *code;
    };
};

enum fe_code_flags {
    FE_VARARGS = 1,     /* has *args */
    FE_VARKEYWORDS = 2, /* has **kwargs */
    FE_NESTED = 4,
    FE_GENERATOR = 8,
    FE_COROUTINE = 16,
    FE_ASYNC_GENERATOR = 32,
    FE_NAMESPACE = 64, /* R[0] is the namespace */
    FE_HAS_DOC = 128,  /* constant 0 is the docstring */
    FE_FUTURE_ANNOTATIONS = 256,
    FE_CLASS_BODY = 512,
    FE_OPTIMIZED = 1024, /* locals in registers (functions) */
    FE_ITERABLE_COROUTINE = 2048
};

/* Instructions [start, end) are protected: an exception there goes to
 * instruction [handler] with the exception in R[reg]. Innermost first. */
struct fe_exc_entry {
    uint32_t start, end, handler;
    int32_t reg;
};

/* Position of one instruction; columns in UTF-8 bytes, -1: unknown. */
struct fe_position {
    int32_t line, end_line;
    int32_t col, end_col;
};

struct fe_code {
    const char *filename;
    const char *name;     /* "f", "<lambda>", "<module>" */
    const char *qualname; /* "C.f.<locals>.g" */
    int32_t first_line;
    uint32_t flags;

    uint32_t argcount; /* positional ones, positional-only included */
    uint32_t posonlyargcount;
    uint32_t kwonlyargcount;
    uint32_t nlocals; /* registers that are named local variables */
    uint32_t nfree;   /* registers after them that hold closure cells */
    uint32_t nregs;   /* all, temporaries and call windows included */

    const char *const *local_names; /* [nlocals] */
    const uint8_t *local_is_cell; /* [nlocals]: 1 = its register holds a cell */
    const char *const *free_names; /* [nfree] */

    const struct fe_ins *ins;
    const struct fe_position *positions; /* [nins] */
    uint32_t nins;

    const struct fe_constant *consts;
    uint32_t nconsts;

    const struct fe_exc_entry *excs;
    uint32_t nexcs;
};

struct fe_opinfo {
    const char *name;
    const char *format; /* letters for a, b, c as in ops.def */
    uint32_t flags;     /* enum fe_op_flags */
    const char *text;
};

enum fe_op_flags {
    FE_F_JUMP = 1,
    FE_F_END = 2,
    FE_F_CALL = 4,
    FE_F_CMP = 8,
    FE_F_RAISES = 16
};

extern const struct fe_opinfo fe_opinfo[FE_NOPS]; /* dis.c */

#endif
