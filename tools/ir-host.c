/* SPDX-License-Identifier: MIT
 * tools/ir-host.c: reads "field" and "call" lines into a host, see ir-host.h.
 * The text may be anything: what is no declaration gives an error message.
 */
#include "config.h"

#include "tools/ir-host.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nanbox.h"

enum { MAX_DECLS = 200, MAX_WRITES = 16 };

static struct tr_field fields[MAX_DECLS] = {{.name = "none"}};
static struct tr_call calls[MAX_DECLS] = {{.name = "none"}};
static uint16_t writes[MAX_DECLS][MAX_WRITES];
struct tr_host ir_host = {.name = "ir-host",
                          .fields = fields,
                          .nfields = 1,
                          .calls = calls,
                          .ncalls = 1,
                          .true_bits = NB_INT_TAG | 1,
                          .false_bits = NB_INT_TAG,
                          .alloc = ir_host_allocate};
ir_objects ir_host_objects;

/* -- what can be run -- */

void *
ir_host_allocate(uint64_t size, uint64_t head)
{
    uint64_t words = size < 8 ? 1 : (size + 7) / 8;
    uint64_t *p = nac_calloc(words, 8);

    *p = head;
    nac_vec_push(&ir_host_objects, (struct ir_object){p, words});
    return p;
}

/* An int beyond a value word: an object of two words, whose first is this. */
enum { WIDE_HEAD = 9 };

static int64_t
is_wide(uint64_t v)
{
    uint32_t i;

    if (v >= NB_INT_TAG)
        return 1;
    for (i = 0; i < ir_host_objects.len; i++)
        if (v == NB_PTR_TAG + (uintptr_t)ir_host_objects.items[i].p)
            return ir_host_objects.items[i].p[0] == WIDE_HEAD;
    return 0;
}

static int64_t
unbox_wide(uint64_t v)
{
    if (v >= NB_INT_TAG)
        return (int64_t)(v << 14) >> 14;
    return ((int64_t *)(uintptr_t)(v - NB_PTR_TAG))[1];
}

static uint64_t
box_wide(int64_t i)
{
    int64_t *p;

    if (i >= NB_INT_MIN && i <= NB_INT_MAX)
        return (uint64_t)i | NB_INT_TAG;
    p = ir_host_allocate(16, WIDE_HEAD);
    p[1] = i;
    return NB_PTR_TAG + (uintptr_t)p;
}

void
ir_host_run_wide(void)
{
    ir_host.is_wide = is_wide;
    ir_host.unbox_wide = unbox_wide;
    ir_host.box_wide = box_wide;
}

static int64_t
t_add(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

static uint64_t
t_box(int64_t a)
{
    return (uint64_t)a | NB_INT_TAG;
}

static double
t_fadd(double a, double b)
{
    return a + b;
}

static int64_t
t_print(int64_t a)
{
    printf("%" PRId64 "\n", a);
    return a;
}

static int64_t
t_seen(int64_t a)
{
    return a;
}

static void *
known_function(const char *name)
{
    static const struct {
        const char *name;
        void (*fn)(void);
    } known[] = {{"t_add", (void (*)(void))t_add},
                 {"t_box", (void (*)(void))t_box},
                 {"t_fadd", (void (*)(void))t_fadd},
                 {"t_print", (void (*)(void))t_print},
                 {"t_seen", (void (*)(void))t_seen}};
    size_t i;

    for (i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].name, name) == 0)
            return (void *)(uintptr_t)known[i].fn;
    return (void *)(uintptr_t)known[4].fn;
}

/* -- declarations -- */

struct reader {
    char *why;
    size_t whylen;
};

static int
fail(const struct reader *r, const char *what, const char *detail)
{
    snprintf(r->why, r->whylen, "%s: %s", what, detail ? detail : "missing");
    return -1;
}

static char *
word(char **p)
{
    return strtok_r(*p, " \t", p);
}

static int
kind_named(const struct reader *r, const char *s, uint8_t *kind)
{
    for (int i = 0; s && i < TR_ANY; i++)
        if (strcmp(tr_kind_name[i], s) == 0) {
            *kind = (uint8_t)i;
            return 0;
        }
    return fail(r, "unknown kind", s);
}

static int
number(const struct reader *r, const char *s, long least, long most, int32_t *n)
{
    char *end = NULL;
    long v = s ? strtol(s, &end, 0) : 0;

    if (!s || end == s || *end || v < least || v > most)
        return fail(r, "not a number of this range", s);
    *n = (int32_t)v;
    return 0;
}

static int
field_flag(const struct reader *r, struct tr_field *f, const char *s, char **p)
{
    int32_t stride;

    if (strcmp(s, "stride") == 0) {
        if (number(r, word(p), 0, 4096, &stride) < 0)
            return -1;
        f->stride = stride;
    } else if (strcmp(s, "immutable") == 0) {
        f->flags |= TR_FLD_IMMUTABLE;
    } else if (strcmp(s, "volatile") == 0) {
        f->flags |= TR_FLD_VOLATILE;
    } else if (strcmp(s, "unsigned") == 0) {
        f->flags |= TR_FLD_UNSIGNED;
    } else {
        return fail(r, "unknown field flag", s);
    }
    return 0;
}

/* Ints of 1, 2, 4 or 8 bytes, floats of 4 or 8, everything else of 8. */
static bool
size_fits(const struct tr_field *f)
{
    int size = f->size;

    return size == 8 || (size == 4 && f->kind == TR_F64) ||
           (f->kind == TR_I64 && (size == 1 || size == 2 || size == 4));
}

static int
declare_field(const struct reader *r, char *p)
{
    struct tr_field f = {0};
    char *name = word(&p), *s;
    int32_t size, offset;

    if (!name || ir_host.nfields >= MAX_DECLS)
        return fail(r, "field", name ? "too many" : "needs a name");
    if (kind_named(r, word(&p), &f.kind) < 0 ||
        number(r, word(&p), 1, 8, &size) < 0 ||
        number(r, word(&p), -1048576, 1048576, &offset) < 0)
        return -1;
    f.size = (uint8_t)size;
    f.offset = offset;
    if (f.kind == TR_VOID || f.kind == TR_COND || !size_fits(&f))
        return fail(r, "no such field", name);
    while ((s = word(&p)) != NULL)
        if (field_flag(r, &f, s, &p) < 0)
            return -1;
    f.name = nac_strdup(name);
    fields[ir_host.nfields++] = f;
    return 0;
}

static int
call_writes(const struct reader *r, struct tr_call *c, char *list)
{
    uint16_t *w = writes[ir_host.ncalls];
    char *s;
    int n = 0;

    while (n < MAX_WRITES - 1 && (s = strtok_r(list, ":", &list)) != NULL) {
        uint32_t i = 1;

        while (i < ir_host.nfields && strcmp(fields[i].name, s) != 0)
            i++;
        if (i == ir_host.nfields)
            return fail(r, "unknown field", s);
        w[n++] = (uint16_t)i;
    }
    w[n] = 0xFFFF;
    c->flags |= TR_CALL_WRITES;
    c->writes = w;
    return 0;
}

static int
call_flag(const struct reader *r, struct tr_call *c, char *s)
{
    if (strcmp(s, "reads") == 0)
        c->flags |= TR_CALL_READS;
    else if (strcmp(s, "any") == 0)
        c->flags |= TR_CALL_ANY;
    else if (strncmp(s, "writes", 6) == 0)
        return call_writes(r, c, s + 6);
    else if (strcmp(s, "allocates") == 0)
        c->flags |= TR_CALL_ALLOCATES;
    else if (strcmp(s, "raises") == 0)
        c->flags |= TR_CALL_RAISES;
    else if (strcmp(s, "folds") == 0)
        c->flags |= TR_CALL_FOLDS;
    else if (strcmp(s, "pure") != 0)
        return fail(r, "unknown call flag", s);
    return 0;
}

static int
declare_call(const struct reader *r, char *p)
{
    struct tr_call c = {0};
    char *name = word(&p), *open, *close, *kinds, *s;

    p += p ? strspn(p, " ") : 0;
    open = p ? strchr(p, '(') : NULL;
    close = open ? strchr(open, ')') : NULL;
    if (!name || !close || ir_host.ncalls >= MAX_DECLS)
        return fail(r, "call", "needs a name and a result(arguments)");
    *open = *close = 0;
    kinds = open + 1;
    c.fn = known_function(name);
    if (kind_named(r, p, &c.result) < 0)
        return -1;
    p = close + 1;
    while (c.nargs < 8 && (s = strtok_r(kinds, " ,", &kinds)) != NULL)
        if (kind_named(r, s, &c.args[c.nargs++]) < 0)
            return -1;
    while ((s = word(&p)) != NULL)
        if (call_flag(r, &c, s) < 0)
            return -1;
    c.name = nac_strdup(name);
    calls[ir_host.ncalls++] = c;
    return 0;
}

int
ir_host_declare(const char *text, char *why, size_t whylen)
{
    const struct reader r = {why, whylen};
    char *copy = nac_strdup(text), *rest = copy, *line;
    int status = 0;

    while (status == 0 && (line = strsep(&rest, "\n")) != NULL) {
        line += strspn(line, " \t");
        line[strcspn(line, ";")] = 0;
        if (strncmp(line, "field ", 6) == 0)
            status = declare_field(&r, line + 6);
        else if (strncmp(line, "call ", 5) == 0)
            status = declare_call(&r, line + 5);
    }
    free(copy);
    return status;
}

void
ir_host_reset(void)
{
    while (ir_host_objects.len)
        free(nac_vec_pop(&ir_host_objects).p);
    nac_vec_free(&ir_host_objects);
    while (ir_host.nfields > 1)
        free((void *)(uintptr_t)fields[--ir_host.nfields].name);
    while (ir_host.ncalls > 1)
        free((void *)(uintptr_t)calls[--ir_host.ncalls].name);
}
