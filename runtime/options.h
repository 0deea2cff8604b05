/* SPDX-License-Identifier: MIT
 * runtime/options.h: what the command line asked for, as far as the runtime
 * needs to know; main.c fills it before rt_init(), sys.flags shows it.
 */
#ifndef RT_OPTIONS_H
#define RT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct rt_options {
    /* Fields of sys.flags; how often the option was given. */
    int debug, optimize, dont_write_bytecode, no_user_site, no_site,
        ignore_environment, verbose, bytes_warning, quiet, isolated, safe_path;
    bool unbuffered;
    bool hide_syntax_warnings, show_deprecations; /* of the compiler; -W */
    const char **warnings;                        /* values of -W, and of -X */
    const char **extra;
    int nwarnings, nextra;
};
extern struct rt_options rt_options;

/* getenv() for variables of Python; NULL under -E and -I. */
const char *rt_env(const char *name);
/* enum fe_compile_flags of an optimisation level, -1: that of the options. */
unsigned rt_optimize_flags(int level);

#endif
