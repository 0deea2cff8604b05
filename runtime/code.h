/* SPDX-License-Identifier: MIT
 * runtime/code.h: code objects. code.c makes them of the front end's
 * struct fe_code; the interpreter runs them.
 *
 * Constants are stored backwards: consts_end[-1 - n] is constant n, so that an
 * RK operand k < 0 is consts_end[k]. Each instruction has an inline cache
 * (struct rt_ic) beside it, addressed from the pc.
 */
#ifndef RT_CODE_H
#define RT_CODE_H

#include "frontend/code.h"
#include "runtime/objects.h"

/* Inline cache of one instruction; what it means depends on the opcode. */
struct rt_ic {
    struct rt_map *map; /* valid for this map ... */
    uint64_t version;   /* ... of this version (or epoch) */
    union {
        uint64_t word;
        int64_t offset;
        struct rt_gcell *cell;
        struct tr_site *site;
    };
    union {
        uint64_t kind;
        rt_val value;
    };
    uint8_t what; /* enum rt_attr_kind */
    uint8_t misses;
    uint8_t pad[6];
    rt_val extra;
    uint64_t spare[2];
};
_Static_assert(sizeof(struct rt_ic) == 64, "addressed as 8 * pc");

struct rt_code {
    struct rt_obj head;
    rt_val filename, name, qualname;
    rt_val varnames, freevars, cellvars; /* tuples of strs */
    const struct fe_ins *ins;
    rt_val *consts_end;
    struct rt_ic *ics;
    const struct fe_position *positions;
    const struct fe_exc_entry *excs;
    uint32_t nins, nexcs, nconsts;
    uint32_t nregs, nlocals, nfree;
    uint32_t argcount, posonlyargcount, kwonlyargcount;
    uint32_t
        nparams;    /* registers that arguments fill, *args and **kwargs too */
    uint32_t flags; /* enum fe_code_flags */
    int32_t first_line;
    struct tr_site entry;  /* function entry */
    struct tr_site *sites; /* loop heads */
    uint32_t nsites;
    struct tr_watch small_ints; /* traces that expect ints of 50 bits */
    struct tr_watch replaced;   /* traces that take it for a function's code */
    uint64_t *live; /* liveness bits, nins rows; made at the first recording */
    uint32_t live_words; /* of 64 bits a row */
    uint8_t *local_is_cell;
    uint8_t simple;    /* fixed positional arguments only, ordinary function */
    uint8_t no_inline; /* recorder: call it, do not inline */
    uint8_t wide_ints; /* its ints leave 50 bits: rt_jit_wide_ints() */
    uint8_t closes;    /* a dead suspended generator may have to be closed */
    uint8_t all_live;  /* somebody looks at its locals by name */
    uint8_t hidden;    /* a builtin's body (interp/bodies.h) */
    uint8_t kept;      /* for ever: see rt_code_replaced() */
    void *owned;       /* malloc'ed arrays */
    rt_val bodies;     /* list: those of its calls' builtins; RT_NULL */
    struct fe_code *source; /* NULL, or kept for marshalling */
};

#define rt_code_of(v) ((struct rt_code *)rt_ptr(v))

/* Code object of the compiler's result; everything is copied. NULL: exception.
 */
struct rt_code *rt_code_new(const struct fe_code *fe);
/* A function gets other code than this. */
void rt_code_replaced(struct rt_code *code);
/* Position of an instruction (by number). */
void rt_code_position(const struct rt_code *code, uint32_t ins,
                      struct fe_position *out);
/* Is the register read before it is written when going on at instruction ins?
 */
bool rt_code_live(struct rt_code *code, uint32_t ins, uint32_t reg);
/* Compiles source text; mode: enum fe_mode; NULL: exception (SyntaxError ...).
 */
struct rt_code *rt_compile(const char *text, size_t len, const char *filename,
                           int mode, unsigned flags);

struct fe_error;
/* Sets the exception for what the front end found in the source [text]. */
void rt_raise_syntax(const struct fe_error *err, const char *filename,
                     const char *text, size_t len);
/* Writes the front end's warnings that -W lets through to sys.stderr, with the
 * line of the file if there is one (traceback_print.c). */
void rt_show_warnings(const struct fe_error *err, const char *filename);

NAC_INLINE struct rt_ic *
rt_code_ic(const struct rt_code *code, const struct fe_ins *ins)
{
    return &code->ics[ins - code->ins];
}

#endif
