/* SPDX-License-Identifier: MIT
 * tools/ir-host.h: a host made of the declarations in IR text, for programs
 * that read such text: nacre-ir and the fuzz harnesses.
 *
 *     field NAME KIND SIZE OFFSET [stride N] [immutable] [volatile] [unsigned]
 *     call NAME RESULT(KINDS) [pure|reads|writes:F1:F2|any] [allocates]
 *                             [raises] [folds]
 *
 * Calls can be run where their name is one of t_add (adds ints), t_box (boxes
 * an int), t_fadd (adds floats), t_print (prints an int), t_seen (returns its
 * argument).
 */
#ifndef IR_HOST_H
#define IR_HOST_H

#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#define TR_INTERNAL
#include "tracer/jit.h"

struct ir_object {
    uint64_t *p, words;
};

/* What a run of the text has allocated. */
typedef NAC_VEC(struct ir_object) ir_objects;
extern ir_objects ir_host_objects;

extern struct tr_host ir_host;

/* Adds what the lines of [text] declare to ir_host. 0, or -1 with the reason.
 */
int ir_host_declare(const char *text, char *why, size_t whylen);
/* Ints beyond a value word can be run, too. */
void ir_host_run_wide(void);
/* Forgets declarations and objects. */
void ir_host_reset(void);
/* Zeroed memory of the run, its first word set. */
void *ir_host_allocate(uint64_t size, uint64_t head);

#endif
