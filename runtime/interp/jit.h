/* SPDX-License-Identifier: MIT
 * runtime/interp/jit.h: the interpreter's side of the JIT: starting it, hot
 * sites, options. jit.c implements what tracer/tracer.h wants of a host;
 * record.c is the recording interpreter.
 */
#ifndef RT_JIT_H
#define RT_JIT_H

#include "runtime/interp/frame.h"

/* Where interpretation goes on after rt_jit_hot(). */
struct rt_jit_state {
    rt_val *fp;
    const struct fe_ins *pc;
    bool raise;       /* an exception is set: unwind at pc[-1] */
    bool traced_back; /* ... and this frame is in its traceback already */
    bool returned; /* a trace returned [result] from the frame fp; RT_NULL: the
                      exception that is set leaves it */
    rt_val result;
};

enum rt_jit_engine { RT_JIT_OFF, RT_JIT_EVAL, RT_JIT_CLI };

extern struct tr_jit *rt_jit; /* NULL: off */

/* Before any code runs. 0, or -1: the engine is not there ([why]). */
int rt_jit_init(enum rt_jit_engine engine, char *why, size_t whylen);
/* Has the call (enum rt_ircall) any effect, that of running Python code? */
bool rt_jit_call_runs_code(uint32_t call);
/* A new code object's sites. */
void rt_jit_site(struct tr_site *site, enum tr_trace_kind kind,
                 const struct fe_ins *at);
/* A frame's local variables were asked for (sys._getframe, tb_frame): from now
 * on traces keep all of them, also those that are not read any more. */
extern bool rt_frames_seen;
extern struct tr_watch rt_frames_unseen; /* traces that rely on the opposite */
void rt_jit_frame_seen(void);
/* The code computed with an int of 51 to 64 bits. From now on traces take its
 * ints in either form; those that expect small ones are recorded anew. */
void rt_jit_wide_ints(struct rt_code *code);
/* Names a place in a code object for messages; every code object is told. */
void rt_jit_code(struct rt_code *code);
/* A site's count ran out; [state] holds fp and pc and gets where to go on. */
void rt_jit_hot(struct tr_site *site, struct rt_jit_state *state);
/* Prints what -X jit-verbose and NACRE_STATS ask for; ends the back-end. */
void rt_jit_finish(void);
void rt_jit_verbose(void);
void rt_jit_summary(FILE *out);

/* How an exit goes on, in the low two bits of its snapshot's mode. */
enum rt_exit_mode {
    RT_MODE_RUN,    /* at the snapshot's pc */
    RT_MODE_UNWIND, /* an exception is set: unwind at that instruction */
    RT_MODE_AT,     /* at the instruction mode >> 2 (signed) after it */
    RT_MODE_NEXT    /* unwind if an exception is set, else as RT_MODE_AT */
};

/* The recording interpreter (record.c): records from the state until the
 * recording is finished or given up; updates the state. [exit]: the mode of
 * the exit that a bridge begins at; 0 for roots. */
void rt_record(struct tr_rec *rec, struct rt_jit_state *state, int32_t top,
               uint32_t depth, uint32_t exit);

/* -- tables of jit.c that record.c emits by -- */

enum rt_field {
    RT_FLD_NONE,
#define FIELD(id, T, member, kind, flags) RT_FLD_##id,
#define ARRAY(id, T, member, kind, flags) RT_FLD_##id,
#include "runtime/interp/fields.def"
#undef FIELD
#undef ARRAY
    RT_FLD_slots, /* attribute slots of instances: words from the object's start
                   */
    RT_NFIELDS
};

enum rt_ircall {
    RT_CALL_NONE,
#define CALL0(fn, ...) RT_CALL_##fn,
#define CALL1(fn, ...) RT_CALL_##fn,
#define CALL2(fn, ...) RT_CALL_##fn,
#define CALL3(fn, ...) RT_CALL_##fn,
#define CALL4(fn, ...) RT_CALL_##fn,
#define CALL5(fn, ...) RT_CALL_##fn,
#define CALL6(fn, ...) RT_CALL_##fn,
#include "runtime/interp/ircalls.def"
#undef CALL0
#undef CALL1
#undef CALL2
#undef CALL3
#undef CALL4
#undef CALL5
#undef CALL6
    RT_NCALLS
};

/* Marks where the caller's RETURN handler finds its value in R[0]. */
extern const struct fe_ins rt_return_r0[];

/* Leaves an ENTRY or GEN_ENTRY frame (interp.c): what C code gets. */
rt_val rt_interp_leave(rt_val *fp, const struct fe_ins *I, rt_val v);

#endif
