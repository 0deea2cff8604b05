/* SPDX-License-Identifier: MIT
 * runtime/init.h: bringing the runtime up and down; called by main.c and by
 * tests.
 */
#ifndef RT_INIT_H
#define RT_INIT_H

#include "runtime/import.h"
#include "runtime/objects.h"

/* [stack_base]: an address in the caller's frame. Everything that values may
 * lie in must be deeper on the stack. */
void rt_init(void *stack_base);

/* Its parts. */
void rt_names_init(void);
void rt_exceptions_init(void);
/* Module sys with sys.modules and the standard streams; the types and the
 * namespace of builtins are ready. */
void rt_sys_init(void);
void rt_signals_init(void);

/* sys.argv and sys.path[0]. [what]: "-c", "-m", "" (standard input), or the
 * script's path; [args]: what sys.argv[1:] gets; [program]: argv[0] of main().
 */
void rt_init_argv(const char *what, int nargs, char **args,
                  const char *program);
/* Writes out what sys.stdout and sys.stderr hold back; -1: could not. */
int rt_flush_std(void);
/* The end of the program: threads' and atexit functions, open files. *status
 * becomes 120 where standard output could not be written. */
void rt_finish(int *status);
/* [callback] runs in rt_finish(), the last registered one first. */
void rt_at_finish(void (*callback)(void));

#endif
