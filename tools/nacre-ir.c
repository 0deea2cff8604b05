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
 * Besides instructions the text declares the fields and calls it uses, see
 * ir-host.h.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/nanbox.h"
#include "tools/ir-host.h"

enum { FRAME_WORDS = 4096, FRAME_ENTRY = 64 };

NAC_NORETURN static void
die(const char *what, const char *detail)
{
    fprintf(stderr, "nacre-ir: %s: %s\n", what, detail);
    exit(2);
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
        return NB_PTR_TAG + (uint64_t)(uintptr_t)ir_host_allocate(
                                64, strtoull(s + 4, NULL, 0));
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

    for (i = 0; i < ir_host_objects.len; i++)
        if ((uint64_t)(uintptr_t)ir_host_objects.items[i].p == address)
            break;
    if (i == ir_host_objects.len || depth > 3) {
        printf("object");
        return;
    }
    printf("<%" PRIu64 ":", ir_host_objects.items[i].p[0]);
    for (k = 1; k < ir_host_objects.items[i].words; k++) {
        putchar(' ');
        print_word(ir_host_objects.items[i].p[k], depth + 1);
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
    struct tr_jit *jit = tr_jit_new(&ir_host, &tr_eval_backend);
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

    if (wanted && tr_verify(ir, &ir_host, why, sizeof why) != 0) {
        printf("; %s: %s\n", when, why);
        exit(1);
    }
}

static void
clean_up(void)
{
    ir_host_reset();
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
    if (ir_host_declare(text.data ? text.data : "", why, sizeof why) != 0)
        die("declaration", why);
    if (tr_parse_ir(&t.ir, &ir_host, text.data ? text.data : "", why,
                    sizeof why) != 0) {
        printf("; %s\n", why);
        return 1;
    }
    check(&t.ir, "as read", verified);
    tr_default_params(&params);
    if (passes && choose(&params, passes, &finish)) {
        rc = tr_opt_run(&t.ir, &ir_host, &params, finish, &t.sunk);
        if (rc < 0)
            printf("; contradiction\n");
        check(&t.ir, "optimised", verified && rc >= 0);
    }
    if (rc >= 0) {
        tr_print_trace(&out, &ir_host, &t);
        fputs(strchr(out.data, '\n') + 1, stdout);
        if (words) {
            ir_host_run_wide();
            run(words);
        }
    }
    return rc < 0;
}
