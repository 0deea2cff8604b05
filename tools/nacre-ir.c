/* SPDX-License-Identifier: MIT
 * tools/nacre-ir.c: assembles, verifies, optimises, prints and runs IR text.
 *
 *     nacre-ir [--passes=NAMES] [--run SLOT=VALUE,...] [--no-verify] FILE
 *
 * NAMES: a comma list of fold loop sink range coalesce finish, "all" or "none".
 * Without --passes the text is only checked and printed. "finish" (implied by
 * sink and coalesce) runs the passes over the finished trace.
 *
 * --run interprets the IR on a frame of which the given words are set (an
 * integer is boxed; 1.5 is a float; "nothing"; obj:N is an object of 64 bytes
 * whose first word is N; 0x... is the raw word) and prints the exit and every
 * word that some snapshot names. LINK at the end means "itself".
 *
 * Besides instructions the text declares the fields and calls it uses:
 *
 *     field NAME KIND SIZE OFFSET [stride N] [immutable] [volatile] [unsigned]
 *     call NAME RESULT(KINDS) [pure|reads|writes:F1:F2|any] [allocates]
 *                             [raises] [folds]
 *
 * Calls can be run where their name is one of t_add (adds ints), t_box (boxes
 * an int), t_fadd (adds floats), t_print (prints an int), t_seen (returns its
 * argument).
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/nanbox.h"
#define TR_INTERNAL
#include "tracer/jit.h"

enum { MAX_DECLS = 200, FRAME_WORDS = 4096, FRAME_ENTRY = 64 };

static struct tr_field fields[MAX_DECLS] = {{.name = "none"}};
static struct tr_call calls[MAX_DECLS] = {{.name = "none"}};
static uint16_t writes[MAX_DECLS][16];
static struct tr_host host = {.name = "nacre-ir",
                              .fields = fields,
                              .nfields = 1,
                              .calls = calls,
                              .ncalls = 1,
                              .true_bits = NB_INT_TAG | 1,
                              .false_bits = NB_INT_TAG};

NAC_NORETURN static void
die(const char *what, const char *detail)
{
    fprintf(stderr, "nacre-ir: %s: %s\n", what, detail);
    exit(2);
}

/* -- a host that can run what tests need -- */

struct object {
    uint64_t *p, words;
};

static NAC_VEC(struct object) heap;

static void *
allocate(uint64_t size, uint64_t head)
{
    uint64_t words = size < 8 ? 1 : (size + 7) / 8;
    uint64_t *p = nac_calloc(words, 8);

    *p = head;
    nac_vec_push(&heap, (struct object){p, words});
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
    for (i = 0; i < heap.len; i++)
        if (v == NB_PTR_TAG + (uintptr_t)heap.items[i].p)
            return heap.items[i].p[0] == WIDE_HEAD;
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
    p = allocate(16, WIDE_HEAD);
    p[1] = i;
    return NB_PTR_TAG + (uintptr_t)p;
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

static int
kind_named(const char *s)
{
    int i;

    for (i = 0; i < TR_ANY; i++)
        if (strcmp(tr_kind_name[i], s) == 0)
            return i;
    die("unknown kind", s);
}

static uint16_t
field_named(const char *s)
{
    uint32_t i;

    for (i = 1; i < host.nfields; i++)
        if (strcmp(fields[i].name, s) == 0)
            return (uint16_t)i;
    die("unknown field", s);
}

static char *
word(char **p)
{
    char *s = strtok_r(*p, " \t", p);

    return s ? s : NULL;
}

static void
declare_field(char *p)
{
    struct tr_field *f = &fields[host.nfields];
    char *name = word(&p), *kind = word(&p), *size = word(&p);
    char *offset = word(&p), *s;

    if (!offset || host.nfields + 1 >= MAX_DECLS)
        die("field", "needs a name, kind, size and offset");
    f->name = nac_strdup(name);
    f->kind = (uint8_t)kind_named(kind);
    f->size = (uint8_t)atoi(size);
    f->offset = atoi(offset);
    while ((s = word(&p)) != NULL) {
        if (strcmp(s, "stride") == 0)
            f->stride = (s = word(&p)) ? atoi(s) : 0;
        else if (strcmp(s, "immutable") == 0)
            f->flags |= TR_FLD_IMMUTABLE;
        else if (strcmp(s, "volatile") == 0)
            f->flags |= TR_FLD_VOLATILE;
        else if (strcmp(s, "unsigned") == 0)
            f->flags |= TR_FLD_UNSIGNED;
        else
            die("unknown field flag", s);
    }
    host.nfields++;
}

static void
call_writes(struct tr_call *c, char *list)
{
    uint16_t *w = writes[host.ncalls];
    int n = 0;
    char *s;

    for (s = strtok_r(list, ":", &list); s && n < 15;
         s = strtok_r(NULL, ":", &list))
        w[n++] = field_named(s);
    w[n] = 0xFFFF;
    c->flags |= TR_CALL_WRITES;
    c->writes = w;
}

static void
declare_call(char *p)
{
    struct tr_call *c = &calls[host.ncalls];
    char *name = word(&p), *open, *kinds, *s;

    p += strspn(p, " ");
    open = strchr(p, '(');
    s = open ? strchr(open, ')') : NULL;
    if (!name || !s || host.ncalls + 1 >= MAX_DECLS)
        die("call", "needs a name and a result(arguments)");
    *open = *s = 0;
    kinds = open + 1;
    c->name = nac_strdup(name);
    c->fn = known_function(name);
    c->result = (uint8_t)kind_named(p);
    p = s + 1;
    for (s = strtok_r(kinds, " ,", &kinds); s && c->nargs < 8;
         s = strtok_r(NULL, " ,", &kinds))
        c->args[c->nargs++] = (uint8_t)kind_named(s);
    while ((s = word(&p)) != NULL) {
        if (strcmp(s, "reads") == 0)
            c->flags |= TR_CALL_READS;
        else if (strcmp(s, "any") == 0)
            c->flags |= TR_CALL_ANY;
        else if (strncmp(s, "writes", 6) == 0)
            call_writes(c, s + 6);
        else if (strcmp(s, "allocates") == 0)
            c->flags |= TR_CALL_ALLOCATES;
        else if (strcmp(s, "raises") == 0)
            c->flags |= TR_CALL_RAISES;
        else if (strcmp(s, "folds") == 0)
            c->flags |= TR_CALL_FOLDS;
        else if (strcmp(s, "pure") != 0)
            die("unknown call flag", s);
    }
    host.ncalls++;
}

static void
declare(const char *text)
{
    char *copy = nac_strdup(text), *rest = copy, *line;

    while ((line = strsep(&rest, "\n")) != NULL) {
        line += strspn(line, " \t");
        line[strcspn(line, ";")] = 0;
        if (strncmp(line, "field ", 6) == 0)
            declare_field(line + 6);
        else if (strncmp(line, "call ", 5) == 0)
            declare_call(line + 5);
    }
    free(copy);
}

/* -- running -- */

static uint64_t
parse_word(const char *s)
{
    char *end;
    double d;
    uint64_t bits;

    if (strcmp(s, "nothing") == 0)
        return NB_NOTHING;
    if (strncmp(s, "obj:", 4) == 0)
        return (uint64_t)(uintptr_t)allocate(64, strtoull(s + 4, NULL, 0)) +
               NB_PTR_TAG;
    if (strncmp(s, "0x", 2) == 0)
        return strtoull(s, NULL, 16);
    if (!strpbrk(s, ".eEn"))
        return (uint64_t)strtoll(s, &end, 10) | NB_INT_TAG;
    d = strtod(s, &end);
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

static void print_word(uint64_t w, int depth);

/* An object of the run as <first word: others>, a few levels deep. */
static void
print_object(uint64_t address, int depth)
{
    uint64_t k;
    uint32_t i;

    for (i = 0; i < heap.len; i++)
        if ((uint64_t)(uintptr_t)heap.items[i].p == address)
            break;
    if (i == heap.len || depth > 3) {
        printf("object");
        return;
    }
    printf("<%" PRIu64 ":", heap.items[i].p[0]);
    for (k = 1; k < heap.items[i].words; k++) {
        putchar(' ');
        print_word(heap.items[i].p[k], depth + 1);
    }
    putchar('>');
}

static void
print_word(uint64_t w, int depth)
{
    double d;

    if (w >= NB_INT_TAG) {
        printf("%" PRId64, (int64_t)(w << 14) >> 14);
    } else if (w == NB_NOTHING) {
        printf("nothing");
    } else if (w <= NB_MAX_FLOAT) {
        memcpy(&d, &w, sizeof d);
        printf("%.17g", d);
    } else {
        print_object(w - NB_PTR_TAG, depth);
    }
}

static void
set_words(uint64_t *base, char *list)
{
    char *s;

    for (s = strtok_r(list, ",", &list); s; s = strtok_r(NULL, ",", &list)) {
        char *eq = strchr(s, '=');
        long slot = strtol(s, NULL, 10);

        if (!eq || slot < -FRAME_ENTRY || slot >= FRAME_WORDS - FRAME_ENTRY)
            die("--run needs SLOT=VALUE", s);
        base[slot] = parse_word(eq + 1);
    }
}

/* Every word that some snapshot names, as the interpreter would find it. */
static void
print_words(const struct tr_code_ir *ir, const uint64_t *base)
{
    int32_t slot;
    uint32_t i;

    for (slot = -FRAME_ENTRY; slot < FRAME_WORDS - FRAME_ENTRY; slot++) {
        for (i = 0; i < ir->ents.len && ir->ents.items[i].slot != slot; i++)
            ;
        if (i < ir->ents.len) {
            printf(" %d=", slot);
            print_word(base[slot], 0);
        }
    }
}

static struct nac_buf text, out;
static struct tr_trace t = {.id = 1};

/* Runs the trace; it is the JIT's from then on. */
static void
run(char *list)
{
    static uint64_t frame[FRAME_WORDS];
    struct tr_jit *jit = tr_jit_new(&host, &tr_eval_backend);
    struct tr_trace *own = nac_calloc(1, sizeof *own);
    struct tr_left left;

    *own = t;
    own->root = own;
    tr_ir_init(&t.ir);
    t.sunk = NULL;
    nac_vec_push(&jit->traces, own);
    if (nac_vec_top(&own->ir.ins).op == TR_LINK)
        nac_vec_top(&own->ir.ins).a.n = 1;
    if (tr_exit_layout(jit, own) != TR_ABORT_NONE)
        die("run", "too many values at an exit");
    set_words(frame + FRAME_ENTRY, list);
    tr_enter(jit, own, frame + FRAME_ENTRY, NULL, &left);
    if (!left.exit) {
        printf("RET ");
        print_word(left.result, 0);
    } else {
        printf("exit pc=0x%" PRIx64 " mode=%u", left.snap->pc, left.snap->mode);
        print_words(&own->ir, left.base);
    }
    putchar('\n');
    tr_jit_free(jit);
}

/* -- passes -- */

static bool
choose(struct tr_params *p, char *list, bool *finish)
{
    bool all = strcmp(list, "all") == 0;
    char *s;

    p->opt_fold = p->opt_loop = p->opt_sink = all;
    p->opt_range = p->opt_coalesce = all;
    p->opt_join = false;
    *finish = all;
    if (all || strcmp(list, "none") == 0)
        return all;
    for (s = strtok_r(list, ",", &list); s; s = strtok_r(NULL, ",", &list)) {
        if (strcmp(s, "fold") == 0)
            p->opt_fold = 1;
        else if (strcmp(s, "loop") == 0)
            p->opt_loop = 1;
        else if (strcmp(s, "join") == 0)
            p->opt_join = 1;
        else if (strcmp(s, "sink") == 0)
            p->opt_sink = *finish = true;
        else if (strcmp(s, "range") == 0)
            p->opt_range = 1;
        else if (strcmp(s, "coalesce") == 0)
            p->opt_coalesce = *finish = true;
        else if (strcmp(s, "finish") == 0)
            *finish = true;
        else
            die("unknown pass", s);
    }
    return true;
}

static void
check(const struct tr_code_ir *ir, const char *when, bool wanted)
{
    char why[300];

    if (wanted && tr_verify(ir, &host, why, sizeof why) != 0) {
        printf("; %s: %s\n", when, why);
        exit(1);
    }
}

static void
clean_up(void)
{
    while (heap.len)
        free(nac_vec_pop(&heap).p);
    nac_vec_free(&heap);
    nac_buf_free(&out);
    nac_buf_free(&text);
    free(t.sunk);
    tr_ir_free(&t.ir);
}

int
main(int argc, char **argv)
{
    struct tr_params params;
    char *words = NULL, *passes = NULL;
    const char *file = NULL;
    bool finish = false, verified = true;
    char why[300];
    int i, rc = 0;

    atexit(clean_up);
    for (i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--passes=", 9) == 0)
            passes = argv[i] + 9;
        else if (strcmp(argv[i], "--run") == 0 && i + 1 < argc)
            words = argv[++i];
        else if (strncmp(argv[i], "--run=", 6) == 0)
            words = argv[i] + 6;
        else if (strcmp(argv[i], "--no-verify") == 0)
            verified = false;
        else
            file = argv[i];
    }
    if (!file || nac_buf_read_file(&text, file) != 0)
        die("cannot read", file ? file : "no file given");
    declare(text.data ? text.data : "");
    if (tr_parse_ir(&t.ir, &host, text.data ? text.data : "", why,
                    sizeof why) != 0) {
        printf("; %s\n", why);
        return 1;
    }
    check(&t.ir, "as read", verified);
    tr_default_params(&params);
    if (passes && choose(&params, passes, &finish)) {
        rc = tr_opt_run(&t.ir, &host, &params, finish, &t.sunk);
        if (rc < 0)
            printf("; contradiction\n");
        check(&t.ir, "optimised", verified && rc >= 0);
    }
    if (rc >= 0) {
        tr_print_trace(&out, &host, &t);
        fputs(strchr(out.data, '\n') + 1, stdout);
        if (words) {
            host.alloc = allocate;
            host.is_wide = is_wide;
            host.unbox_wide = unbox_wide;
            host.box_wide = box_wide;
            run(words);
        }
    }
    return rc < 0;
}
