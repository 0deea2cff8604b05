/* SPDX-License-Identifier: MIT
 * cli-backend/cli.h: the back-end that compiles traces to CLI bytecode and has
 * a CLI virtual machine (Mono) compile that to machine code. All that the rest
 * of the program sees of this folder.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "tracer/backend.h"

extern const struct tr_backend cli_backend;

/* Was it built with a host, and can that be started? If not, the reason goes
 * to *why, which may be NULL. Does not start it. */
bool cli_available(const char **why);
/* The host's name, version and settings, once it runs. */
const char *cli_host_version(void);

#endif
