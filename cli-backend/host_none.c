/* SPDX-License-Identifier: MIT
 * cli-backend/host_none.c: the host of builds without Mono: says why traces
 * cannot be compiled to the CLI. The encoder, selector and image writer still
 * work and are tested.
 */
#include "config.h"

#include "cli-backend/host.h"

#include <stdio.h>

static const char reason[] = "built without Mono (configure --with-mono)";

static bool
is_available(const char **why)
{
    *why = reason;
    return false;
}

static int
start(char *why, size_t whylen)
{
    snprintf(why, whylen, "%s", reason);
    return -1;
}

static int
compile(const struct cli_il *il, void **code, char *why, size_t whylen)
{
    (void)il;
    *code = NULL;
    return start(why, whylen);
}

static bool
find_code(void *code, void **begin, size_t *size)
{
    (void)code;
    (void)begin;
    (void)size;
    return false;
}

static const char *
get_version(void)
{
    return reason;
}

static void
stop(void)
{
}

const struct cli_host cli_the_host = {
    .name = "none",
    .available = is_available,
    .start = start,
    .compile = compile,
    .find_code = find_code,
    .version = get_version,
    .stop = stop,
};
