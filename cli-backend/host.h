/* SPDX-License-Identifier: MIT
 * cli-backend/host.h: a CLI virtual machine as a compiler of methods: what
 * compile.c needs of Mono (host_mono.c), of another CLI, or of none at all
 * (host_none.c).
 */
#ifndef CLI_HOST_H
#define CLI_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli-backend/il.h"

struct cli_host {
    const char *name;
    /* Can it be started at all? The reason where not. */
    bool (*available)(const char **why);
    /* Starts the machine once in a process. 0, or -1 with the reason. */
    int (*start)(char *why, size_t whylen);
    /* Compiles a method int64(native int) to native code, which lives until
     * the process ends. 0, or -1 with the reason. */
    int (*compile)(const struct cli_il *il, void **code, char *why,
                   size_t whylen);
    /* The machine code that [code] is the beginning of. */
    bool (*find_code)(void *code, void **start, size_t *size);
    /* One line: name, version, settings that matter. */
    const char *(*version)(void);
    void (*stop)(void);
};

extern const struct cli_host cli_the_host;

#endif
