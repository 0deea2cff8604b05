/* SPDX-License-Identifier: MIT
 * runtime/command_line.h: the arguments of the program `nacre`, read as CPython
 * reads its own. Called by main.c.
 */
#ifndef RT_COMMAND_LINE_H
#define RT_COMMAND_LINE_H

#include <stdbool.h>

#include "runtime/interp/jit.h"

/* What main() itself needs; the rest is in rt_options. Strings are those of
 * argv, NULL: not given. */
struct rt_command_line {
    const char *command, *module, *script;
    const char *dump; /* tokens, ast, code */
    const char *dump_dir;
    enum rt_jit_engine engine;
    bool engine_given, verbose, summary, stress_gc;
    bool dash;       /* "-": standard input, and sys.argv[0] */
    bool skip_first; /* the source's first line is not Python */
    bool version;    /* only print it */
    char **args;     /* what sys.argv[1:] gets */
    int nargs;
    char **jit_params; /* "name=value" of --jit-name=value */
    int njit_params;
};

/* Fills [o] and rt_options. Ends the process for -h and its like (0), and
 * for what is not understood (2, with CPython's message). */
void rt_parse_command_line(struct rt_command_line *o, int argc, char **argv);

#endif
