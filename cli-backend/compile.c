/* SPDX-License-Identifier: MIT
 * cli-backend/compile.c: the back-end as the tracer sees it (struct
 * tr_backend): starts the host, selects code for a unit, has it compiled,
 * enters traces and writes dumps.
 */
#include "config.h"

#include "cli-backend/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "cli-backend/dump.h"
#include "cli-backend/host.h"
#include "cli-backend/select.h"

bool
cli_available(const char **why)
{
    const char *reason;

    return cli_the_host.available(why ? why : &reason);
}

const char *
cli_host_version(void)
{
    return cli_the_host.version();
}

static int
start(struct tr_jit *jit, char *why, size_t whylen)
{
    (void)jit;
    if (cli_the_host.start(why, whylen) != 0)
        return -1;
    nac_log("cil", "host: %s\n", cli_the_host.version());
    return 0;
}

static int
compile(struct tr_jit *jit, const struct tr_unit *unit, tr_entry *code,
        char *why, size_t whylen)
{
    struct cli_il il = {0};
    union {
        void *address;
        tr_entry entry;
    } native = {NULL};
    int rc;

    rc = cli_select(&il, jit, tr_host(jit), tr_trace_by_id, unit, why, whylen);
    if (rc == 0)
        rc = cli_the_host.compile(&il, &native.address, why, whylen);
    if (rc == 0) {
        *code = native.entry;
        cli_dump_keep(jit, unit, &il, native.address);
    } else if (nac_log_on("cil")) {
        nac_log("cil", "trace %u: %s\n", unit->traces[0]->id, why);
    }
    cli_il_free(&il);
    return rc;
}

static int64_t
enter(struct tr_jit *jit, struct tr_trace *trace, struct tr_frame *tf)
{
    (void)jit;
    return trace->entry.code(tf);
}

static void
stop(struct tr_jit *jit)
{
    (void)jit;
    cli_dump_forget();
    cli_the_host.stop();
}

const struct tr_backend cli_backend = {
    .name = "cli",
    .start = start,
    .compile = compile,
    .enter = enter,
    .dump = cli_dump_trace,
    .stop = stop,
};
