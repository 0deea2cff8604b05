/* SPDX-License-Identifier: MIT
 * tracer/ir_parse.c: reads the text form that ir_print.c writes (described
 * there). Tests and nacre-ir use it, so the text may be written by hand: %n
 * may be any number, and lines that begin with "field" or "call" (the
 * declarations that nacre-ir reads) are skipped. Nothing in the text can
 * make more of it than an error message; what is well formed but wrong is
 * tr_verify()'s business.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nanbox.h"
#include "tracer/tracer.h"

enum { MAX_TOKEN = 200, MAX_SNAPS = 65536 };

/* A reference by a name that is not defined yet (second operand of a PHI). */
struct fixup {
    uint32_t ins;
    uint64_t name;
    uint32_t line;
};

struct parser {
    struct tr_code_ir *ir;
    const struct tr_host *host;
    const char *p; /* rest of the current line */
    uint32_t line;
    char token[MAX_TOKEN];
    struct nac_map names; /* number after % -> instruction */
    NAC_VEC(struct fixup) fixups;
    char *why;
    size_t whylen;
};

static int fail(struct parser *ps, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static int
fail(struct parser *ps, const char *fmt, ...)
{
    va_list ap;
    int n = snprintf(ps->why, ps->whylen, "line %u: ", ps->line);

    if (n > 0 && (size_t)n < ps->whylen) {
        va_start(ap, fmt);
        vsnprintf(ps->why + n, ps->whylen - (size_t)n, fmt, ap);
        va_end(ap);
    }
    return -1;
}

static void
skip_space(struct parser *ps)
{
    while (*ps->p == ' ' || *ps->p == '\t' || *ps->p == ',' || *ps->p == '\r')
        ps->p++;
    if (*ps->p == ';')
        ps->p += strcspn(ps->p, "\n");
}

/* Next word of the line, or brace, into ps->token; false at its end. */
static bool
next(struct parser *ps)
{
    size_t n;

    skip_space(ps);
    n = strcspn(ps->p, " \t,\r\n;{}");
    if (n == 0)
        n = *ps->p == '{' || *ps->p == '}';
    if (n == 0)
        return false;
    if (n >= MAX_TOKEN)
        n = MAX_TOKEN - 1;
    memcpy(ps->token, ps->p, n);
    ps->token[n] = 0;
    ps->p += n;
    return true;
}

static bool
number(const char *s, int64_t *v)
{
    char *end;

    if (!*s)
        return false;
    errno = 0;
    *v = *s == '-' ? strtoll(s, &end, 0) : (int64_t)strtoull(s, &end, 0);
    return *end == 0 && errno == 0;
}

static bool
small(const char *s, int64_t least, int64_t most, int64_t *v)
{
    return number(s, v) && *v >= least && *v <= most;
}

static bool
float_bits(const char *s, uint64_t *bits)
{
    char *end;
    double d;

    if (strncmp(s, "nan:", 4) == 0) {
        int64_t v;

        if (!number(s + 4, &v))
            return false;
        *bits = (uint64_t)v;
        return true;
    }
    d = strtod(s, &end);
    if (end == s || *end)
        return false;
    memcpy(bits, &d, sizeof d);
    return true;
}

static bool
prefixed(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* constant := i:INT f:FLOAT p:INT c:0|1 int:INT flt:FLOAT v:INT nothing */
static int
constant(struct parser *ps, const char *s, tr_ref *r)
{
    enum tr_kind kind = TR_VAL;
    uint64_t bits = NB_NOTHING;
    int64_t v = 0;
    bool ok;

    if (strcmp(s, "nothing") == 0) {
        ok = true;
    } else if (prefixed(s, "int:")) {
        ok = small(s + 4, NB_INT_MIN, NB_INT_MAX, &v);
        bits = (uint64_t)v | NB_INT_TAG;
    } else if (prefixed(s, "flt:")) {
        ok = float_bits(s + 4, &bits);
    } else if (prefixed(s, "v:")) {
        ok = number(s + 2, &v);
        bits = (uint64_t)v;
    } else if (prefixed(s, "f:")) {
        kind = TR_F64;
        ok = float_bits(s + 2, &bits);
    } else {
        kind = s[0] == 'i' ? TR_I64 : s[0] == 'p' ? TR_PTR : TR_COND;
        ok = s[0] && strchr("ipc", s[0]) && s[1] == ':' && number(s + 2, &v);
        ok = ok && (kind != TR_COND || (v & 1) == v);
        bits = (uint64_t)v;
    }
    if (!ok)
        return fail(ps, "not a constant: %s", s);
    *r = tr_ir_const(ps->ir, kind, bits);
    return 0;
}

/* ref := "-" | %n | constant. An unknown %n is left for the end where
 * [ins] is not 0. */
static int
reference(struct parser *ps, const char *s, uint32_t ins, tr_ref *r)
{
    uint64_t *known;
    int64_t v;

    *r = TR_NONE;
    if (strcmp(s, "-") == 0)
        return 0;
    if (*s != '%')
        return constant(ps, s, r);
    if (!small(s + 1, 0, INT64_C(0x7fffffff), &v))
        return fail(ps, "not a reference: %s", s);
    known = nac_map_find_int(&ps->names, (uint64_t)v);
    if (known) {
        r->n = (uint32_t)*known;
        return 0;
    }
    if (!ins)
        return fail(ps, "%s is not defined", s);
    nac_vec_push(&ps->fixups, (struct fixup){ins, (uint64_t)v, ps->line});
    return 0;
}

static int
named(struct parser *ps, int what, const char *s, uint16_t *field)
{
    const struct tr_host *h = ps->host;
    uint32_t i;
    int64_t v;

    if (*s == '#' && small(s + 1, 0, 0xFFFF, &v)) {
        *field = (uint16_t)v;
        return 0;
    }
    if (h && what == TR_FIELD_FLD) {
        for (i = 1; i < h->nfields; i++)
            if (h->fields[i].name && strcmp(h->fields[i].name, s) == 0) {
                *field = (uint16_t)i;
                return 0;
            }
    } else if (h) {
        for (i = 1; i < h->ncalls; i++)
            if (h->calls[i].name && strcmp(h->calls[i].name, s) == 0) {
                *field = (uint16_t)i;
                return 0;
            }
    }
    return fail(ps, "unknown %s: %s", what == TR_FIELD_FLD ? "field" : "call",
                s);
}

static int
operand(struct parser *ps, const struct tr_ins *ins, bool second, tr_ref *r)
{
    const struct tr_opinfo *info = &tr_opinfo[ins->op];
    int what = second ? info->b : info->a;
    uint32_t fix = second && ins->op == TR_PHI ? ps->ir->ins.len : 0;
    int64_t v;

    *r = TR_NONE;
    if (what == TR_OPND_NONE)
        return 0;
    if (!next(ps)) {
        if (ins->op == TR_CALL)
            return 0; /* no arguments */
        return fail(ps, "%s needs another operand", info->name);
    }
    switch (what) {
    case TR_OPND_REF:
        return reference(ps, ps->token, fix, r);
    case TR_OPND_SNAP:
        if (ps->token[0] != '@' || !small(ps->token + 1, 0, MAX_SNAPS - 1, &v))
            return fail(ps, "not a snapshot: %s", ps->token);
        break;
    default:
        if (!small(ps->token, INT32_MIN, UINT32_MAX, &v))
            return fail(ps, "not a number: %s", ps->token);
        break;
    }
    r->n = (uint32_t)v;
    return 0;
}

static int
find_op(const char *s, size_t n)
{
    int i;

    for (i = 0; i < TR_NOPS; i++)
        if (strlen(tr_opinfo[i].name) == n &&
            memcmp(tr_opinfo[i].name, s, n) == 0)
            return i;
    return -1;
}

static int
find_kind(const char *s)
{
    int i;

    for (i = 0; i < TR_ANY; i++)
        if (strcmp(tr_kind_name[i], s) == 0)
            return i;
    return -1;
}

/* ins := [%n "="] OP[.kind] [field] [a] [b] [bits | !number] */
static int
instruction(struct parser *ps)
{
    struct tr_ins ins = {0};
    const struct tr_opinfo *info;
    int64_t name = -1, v;
    size_t n;
    int op;

    if (ps->token[0] == '%') {
        if (!small(ps->token + 1, 0, INT64_C(0x7fffffff), &name))
            return fail(ps, "not a reference: %s", ps->token);
        if (!next(ps) || strcmp(ps->token, "=") != 0 || !next(ps))
            return fail(ps, "expected = and an operation");
    }
    n = strcspn(ps->token, ".");
    op = find_op(ps->token, n);
    if (op < 0)
        return fail(ps, "unknown operation: %s", ps->token);
    info = &tr_opinfo[op];
    ins.op = (uint8_t)op;
    ins.kind = info->result;
    if (info->result == TR_ANY) {
        int kind = ps->token[n] ? find_kind(ps->token + n + 1) : -1;

        if (kind < 0)
            return fail(ps, "%s needs a kind", info->name);
        ins.kind = (uint8_t)kind;
    }
    if (info->field == TR_FIELD_FLD || info->field == TR_FIELD_CALL) {
        if (!next(ps))
            return fail(ps, "%s needs a name", info->name);
        if (named(ps, info->field, ps->token, &ins.field))
            return -1;
    }
    if (operand(ps, &ins, false, &ins.a) || operand(ps, &ins, true, &ins.b))
        return -1;
    if (info->field == TR_FIELD_BITS || info->field == TR_FIELD_NUM) {
        const char *s = ps->token;

        if (next(ps)) {
            s += *s == '!';
            if (!small(s, 0, 0xFFFF, &v))
                return fail(ps, "not a number: %s", ps->token);
            ins.field = (uint16_t)v;
        } else if (info->field == TR_FIELD_BITS) {
            return fail(ps, "%s needs a number of bits", info->name);
        }
    }
    if (next(ps))
        return fail(ps, "too much: %s", ps->token);
    if (name >= 0)
        *nac_map_at_int(&ps->names, (uint64_t)name) = ps->ir->ins.len;
    tr_ir_append(ps->ir, ins);
    return 0;
}

static int
snap_field(struct parser *ps, struct tr_snap *s, const char *token)
{
    const char *eq = strchr(token, '=');
    int64_t v;

    if (!eq || !number(eq + 1, &v))
        return fail(ps, "expected name=number, not %s", token);
    if (prefixed(token, "pc="))
        s->pc = (uint64_t)v;
    else if (prefixed(token, "top="))
        s->top = (int32_t)v;
    else if (prefixed(token, "depth="))
        s->depth = (uint32_t)v;
    else if (prefixed(token, "mode="))
        s->mode = (uint32_t)v;
    else if (prefixed(token, "words="))
        s->words = (uint32_t)v;
    else
        return fail(ps, "unknown: %s", token);
    return 0;
}

/* snap := "snap" n {name=number} "{" {slot ":" ref} "}" */
static int
snapshot(struct parser *ps)
{
    struct tr_snap s = {0};
    int64_t n, slot;

    if (!next(ps) || !small(ps->token, 0, MAX_SNAPS - 1, &n))
        return fail(ps, "expected the snapshot's number");
    s.words = INT32_MAX;
    for (;;) {
        if (!next(ps))
            return fail(ps, "expected {");
        if (ps->token[0] == '{')
            break;
        if (snap_field(ps, &s, ps->token))
            return -1;
    }
    s.first = ps->ir->ents.len;
    while (next(ps) && ps->token[0] != '}') {
        size_t len = strlen(ps->token);
        tr_ref r;

        if (ps->token[len - 1] != ':')
            return fail(ps, "expected slot: and not %s", ps->token);
        ps->token[len - 1] = 0;
        if (!small(ps->token, -65536, 1000000, &slot))
            return fail(ps, "not a slot: %s", ps->token);
        if (!next(ps) || reference(ps, ps->token, 0, &r))
            return fail(ps, "bad value of slot %d", (int)slot);
        nac_vec_push(&ps->ir->ents, (struct tr_snapent){(int32_t)slot, r});
        s.count++;
    }
    if (ps->token[0] != '}')
        return fail(ps, "expected }");
    while (ps->ir->snaps.len <= n)
        nac_vec_push(&ps->ir->snaps, (struct tr_snap){0});
    ps->ir->snaps.items[n] = s;
    return 0;
}

static int
parse(struct parser *ps, const char *text, bool snaps)
{
    ps->line = 0;
    while (*text) {
        const char *end = text + strcspn(text, "\n");

        ps->line++;
        ps->p = text;
        if (next(ps) && strcmp(ps->token, "field") != 0 &&
            strcmp(ps->token, "call") != 0) {
            bool is_snap = strcmp(ps->token, "snap") == 0;

            if (is_snap == snaps && (is_snap ? snapshot(ps) : instruction(ps)))
                return -1;
        }
        text = end + (*end == '\n');
    }
    return 0;
}

static int
resolve(struct parser *ps)
{
    uint32_t i;

    for (i = 0; i < ps->fixups.len; i++) {
        struct fixup *f = &ps->fixups.items[i];
        uint64_t *known = nac_map_find_int(&ps->names, f->name);

        ps->line = f->line;
        if (!known)
            return fail(ps, "%%%" PRIu64 " is not defined", f->name);
        ps->ir->ins.items[f->ins].b.n = (uint32_t)*known;
    }
    return 0;
}

int
tr_parse_ir(struct tr_code_ir *ir, const struct tr_host *host, const char *text,
            char *why, size_t whylen)
{
    struct parser ps = {.ir = ir, .host = host, .why = why, .whylen = whylen};
    int rc;

    tr_ir_init(ir);
    rc = parse(&ps, text, false);
    if (rc == 0)
        rc = resolve(&ps);
    if (rc == 0)
        rc = parse(&ps, text, true);
    nac_map_free(&ps.names);
    nac_vec_free(&ps.fixups);
    if (rc)
        tr_ir_free(ir);
    return rc;
}
