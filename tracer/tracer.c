/* SPDX-License-Identifier: MIT
 * tracer/tracer.c: the life of a JIT: parameters, the host's tables, starting
 * the back-end when the first trace needs it, entering traces. Called by the
 * host through tracer.h.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/phase.h"
#define TR_INTERNAL
#include "tracer/jit.h"

/* -- parameters -- */

struct param {
    const char *name, *doc;
    int32_t value, least, greatest;
    size_t offset;
};

static const struct param params[] = {
#define PARAM(name, value, least, greatest, doc)                               \
    {#name, doc, value, least, greatest, offsetof(struct tr_params, name)},
#include "tracer/params.def"
#undef PARAM
};

enum { NPARAMS = sizeof params / sizeof params[0] };

static int32_t *
param_at(struct tr_params *p, const struct param *d)
{
    return (int32_t *)(void *)((char *)p + d->offset);
}

static bool
same_name(const char *name, const char *given)
{
    for (; *name && *given; name++, given++)
        if (*name != (*given == '-' ? '_' : *given))
            return false;
    return *name == *given;
}

int
tr_set_param(struct tr_jit *jit, const char *name, long value)
{
    int i;

    for (i = 0; i < NPARAMS; i++) {
        if (!same_name(params[i].name, name))
            continue;
        if (value < params[i].least || value > params[i].greatest)
            return -2;
        *param_at(&jit->params, &params[i]) = (int32_t)value;
        return 0;
    }
    return -1;
}

void
tr_print_params(struct nac_buf *out)
{
    int i, k;

    for (i = 0; i < NPARAMS; i++) {
        char name[40];

        snprintf(name, sizeof name, "%s", params[i].name);
        for (k = 0; name[k]; k++)
            if (name[k] == '_')
                name[k] = '-';
        nac_buf_printf(out, "  --jit-%s=N%*s %s (%d; %d..%d)\n", name,
                       (int)(18 - strlen(name)), "", params[i].doc,
                       params[i].value, params[i].least, params[i].greatest);
    }
}

struct tr_params *
tr_params(struct tr_jit *jit)
{
    return &jit->params;
}

void
tr_default_params(struct tr_params *p)
{
    int i;

    for (i = 0; i < NPARAMS; i++)
        *param_at(p, &params[i]) = params[i].value;
}

/* -- the tracer's own fields and calls -- */

static struct tr_jit *stressed;

/* Says 1 once in about stress_exits calls: the guard after it then fails. */
static int64_t
stress(void)
{
    uint32_t n = stressed ? (uint32_t)stressed->params.stress_exits : 0;

    return n && tr_hot_random(stressed) % n == 0;
}

static const uint16_t writes_nothing[] = {0xFFFF};

static void
extend_tables(struct tr_jit *jit, const struct tr_host *host)
{
    uint32_t nf = host->nfields ? host->nfields : 1;
    uint32_t nc = host->ncalls ? host->ncalls : 1;

    jit->fields = nac_calloc(nf + 1, sizeof *jit->fields);
    jit->calls = nac_calloc(nc + 1, sizeof *jit->calls);
    if (host->nfields)
        memcpy(jit->fields, host->fields, host->nfields * sizeof *jit->fields);
    if (host->ncalls)
        memcpy(jit->calls, host->calls, host->ncalls * sizeof *jit->calls);
    jit->fields[nf] = (struct tr_field){.name = "tr.passes",
                                        .kind = TR_I64,
                                        .size = 8,
                                        .flags = TR_FLD_VOLATILE};
    jit->calls[nc] = (struct tr_call){.name = "tr.stress",
                                      .fn = (void *)(uintptr_t)stress,
                                      .result = TR_I64,
                                      .flags = TR_CALL_WRITES,
                                      .writes = writes_nothing};
    jit->passes_field = (uint16_t)nf;
    jit->stress_call = (uint16_t)nc;
    jit->host = *host;
    jit->host.fields = jit->fields;
    jit->host.nfields = nf + 1;
    jit->host.calls = jit->calls;
    jit->host.ncalls = nc + 1;
}

/* -- life -- */

struct tr_jit *
tr_jit_new(const struct tr_host *host, const struct tr_backend *backend)
{
    struct tr_jit *jit = nac_calloc(1, sizeof *jit);

    extend_tables(jit, host);
    jit->backend = backend;
    jit->enabled = true;
    jit->random = 0x9e3779b9u;
    tr_default_params(&jit->params);
    stressed = jit;
    return jit;
}

void
tr_jit_free(struct tr_jit *jit)
{
    uint32_t i;

    if (jit->rec)
        tr_finish_abort(jit->rec);
    if (jit->started == 1 && jit->backend->stop)
        jit->backend->stop(jit);
    for (i = 0; i < jit->traces.len; i++)
        tr_trace_free(jit->traces.items[i]);
    for (i = 0; i < jit->failed.len; i++)
        tr_trace_free(jit->failed.items[i]);
    nac_vec_free(&jit->traces);
    nac_vec_free(&jit->failed);
    nac_vec_free(&jit->listeners);
    free(jit->fields);
    free(jit->calls);
    if (stressed == jit)
        stressed = NULL;
    free(jit);
}

const struct tr_host *
tr_host(const struct tr_jit *jit)
{
    return &jit->host;
}

const struct tr_backend *
tr_jit_backend(const struct tr_jit *jit)
{
    return jit->backend;
}

void
tr_set_dump_dir(struct tr_jit *jit, const char *dir)
{
    jit->dump_dir = dir;
}

const char *
tr_dump_dir(const struct tr_jit *jit)
{
    return jit->dump_dir;
}

void
tr_set_enabled(struct tr_jit *jit, bool on)
{
    jit->enabled = on;
}

bool
tr_jit_start(struct tr_jit *jit)
{
    if (jit->started == 0) {
        int rc = 0;

        if (jit->backend->start)
            rc =
                jit->backend->start(jit, jit->start_why, sizeof jit->start_why);
        jit->started = rc == 0 ? 1 : -1;
        if (rc != 0)
            jit->enabled = false;
    }
    return jit->started == 1;
}

static void
visit_ir(const struct tr_code_ir *ir,
         void (*visit)(void *arg, enum tr_kind kind, uint64_t bits), void *arg)
{
    uint32_t i;

    for (i = 0; i < ir->consts.len; i++) {
        const struct tr_constant *k = &ir->consts.items[i];

        if (k->kind == TR_VAL || k->kind == TR_PTR)
            visit(arg, (enum tr_kind)k->kind, k->bits);
    }
}

/* An invalid trace may still run somewhere up the stack; once no trace does,
 * all that is left of it is its first guard, which uses no constant. What its
 * constants name may be freed from then on, so that they stay unvisited when
 * another trace runs. */
void
tr_each_constant(struct tr_jit *jit,
                 void (*visit)(void *arg, enum tr_kind kind, uint64_t bits),
                 void *arg)
{
    uint32_t i;

    for (i = 0; i < jit->traces.len; i++) {
        struct tr_trace *t = jit->traces.items[i];

        if (t->invalid && !jit->running)
            t->unrooted = true;
        if (!t->unrooted)
            visit_ir(&t->ir, visit, arg);
    }
    if (jit->rec)
        visit_ir(jit->rec->ir, visit, arg);
}

/* -- running -- */

void
tr_enter(struct tr_jit *jit, struct tr_trace *trace, uint64_t *base,
         void *host_data, struct tr_left *left)
{
    struct tr_frame tf;
    int phase;

    tf.base = base;
    tf.exit = NULL;
    tf.result = 0;
    tf.host = host_data;
    jit->stats.entered++;
    jit->running++;
    phase = nac_phase_set(NAC_TRACES);
    jit->backend->enter(jit, trace, &tf);
    nac_phase_set(phase);
    left->exit = tf.exit;
    left->base = tf.base;
    left->result = tf.result;
    left->snap = NULL;
    left->want_bridge = false;
    if (tf.exit) {
        jit->stats.exits++;
        tr_restore(jit, tf.exit, &tf);
        left->snap = &tf.exit->trace->ir.snaps.items[tf.exit->snap];
        if (tf.exit->kind == TR_EXIT_COUNTER)
            tr_tree_tier2(jit, tf.exit->trace);
        else
            left->want_bridge = tr_hot_exit(jit, tf.exit);
    }
    jit->running--;
}
