/* SPDX-License-Identifier: MIT
 * cli-backend/dump.h: what was compiled, as files for people. Private to this
 * folder.
 */
#ifndef CLI_DUMP_H
#define CLI_DUMP_H

#include "cli-backend/il.h"
#include "tracer/tracer.h"

/* Remembers the unit's code until its traces are dumped, if dumps or the log
 * topic "cil" are on. A unit of several traces is written at once. */
void cli_dump_keep(struct tr_jit *jit, const struct tr_unit *unit,
                   const struct cli_il *il, void *code);
/* Writes DIR/trace-N.il, .dll, .bin and, where objdump is found, .asm. */
void cli_dump_trace(struct tr_jit *jit, const struct tr_trace *trace,
                    const char *dir);
void cli_dump_forget(void);

#endif
