/* SPDX-License-Identifier: MIT
 * tests/unit/test_recorder.c: records traces by calls of tracer/tracer.h, as a
 * host would, and runs them with the evaluating back-end: loops, exits,
 * bridges, objects that exits make, links, invalidation, give-up, tier 2.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/nanbox.h"
#include "tracer/tracer.h"

enum { FLD_HEAD = 1, FLD_N, FLD_NEXT, FLD_ITEM };
enum { CALL_ANY = 1, CALL_MIX };

static const struct tr_field fields[] = {
    {.name = "none"},
    {"cell.head", TR_I64, 8, TR_FLD_IMMUTABLE, 0, 0},
    {"cell.n", TR_I64, 8, 0, 8, 0},
    {"cell.next", TR_VAL, 8, 0, 16, 0},
    {"cell.item", TR_VAL, 8, 0, 24, 8},
};

static void (*on_call)(void);

static int64_t
any(int64_t a)
{
    if (on_call)
        on_call();
    return a + 1;
}

static double
mix(int64_t a, double b, int64_t c, double d)
{
    return (double)a + b * (double)c - d;
}

static const struct tr_call calls[] = {
    {.name = "none"},
    {.name = "any",
     .fn = (void *)(uintptr_t)any,
     .result = TR_I64,
     .nargs = 1,
     .args = {TR_I64},
     .flags = TR_CALL_ANY},
    {.name = "mix",
     .fn = (void *)(uintptr_t)mix,
     .result = TR_F64,
     .nargs = 4,
     .args = {TR_I64, TR_F64, TR_I64, TR_F64}},
};

static void *objects[5000];
static int nobjects;

static void *
allocate(uint64_t size, uint64_t head)
{
    uint64_t *p = calloc(1, size);

    assert_true(nobjects < 5000);
    objects[nobjects++] = p;
    *p = head;
    return p;
}

static const struct tr_host host = {.name = "test",
                                    .fields = fields,
                                    .nfields = 5,
                                    .calls = calls,
                                    .ncalls = 3,
                                    .true_bits = NB_INT_TAG | 1,
                                    .false_bits = NB_INT_TAG,
                                    .alloc = allocate};

static uint64_t frame[200];
static uint64_t *const base = frame + 20;

static struct tr_jit *
new_jit(void)
{
    struct tr_jit *jit = tr_jit_new(&host, &tr_eval_backend);

    memset(frame, 0, sizeof frame);
    tr_params(jit)->verify = 1;
    tr_params(jit)->exit_threshold = 2;
    tr_params(jit)->opt_coalesce = 0; /* joined guards leave earlier */
    on_call = NULL;
    return jit;
}

static void
end_jit(struct tr_jit *jit)
{
    tr_jit_free(jit);
    while (nobjects > 0)
        free(objects[--nobjects]);
}

static uint64_t
box(int64_t n)
{
    return (uint64_t)n | NB_INT_TAG;
}

static int64_t
unbox(uint64_t w)
{
    return (int64_t)(w << 14) >> 14;
}

static tr_ref
int_slot(struct tr_rec *r, int32_t slot)
{
    tr_ref v = tr_slot(r, slot);

    tr_guard(r, tr_emit1(r, TR_IS_INT, v), true);
    return tr_emit1(r, TR_UNBOX_INT, v);
}

static void
set_int(struct tr_rec *r, int32_t slot, tr_ref v)
{
    tr_set_slot(r, slot, tr_emit1(r, TR_BOX_INT, v));
}

static struct tr_site site;

static struct tr_rec *
start(struct tr_jit *jit)
{
    struct tr_rec *r;

    tr_site_init(jit, &site, TR_ROOT_LOOP, 1);
    r = tr_record_root(jit, &site, base);
    assert_non_null(r);
    return r;
}

/* The loop of most tests: while word 1 < word 2: word 0 += word 1; word 1 += 1
 * with the bytecodes 1: test, 2: add, 3: count. */
static struct tr_trace *
record_sum(struct tr_jit *jit, struct tr_watch *watch)
{
    struct tr_rec *r = start(jit);
    tr_ref i, n, sum;

    tr_at(r, 1, 0, 0, 10);
    if (watch)
        tr_depend(r, watch);
    i = int_slot(r, 1);
    n = int_slot(r, 2);
    tr_guard(r, tr_emit2(r, TR_LT, i, n), true);
    tr_at(r, 2, 0, 0, 10);
    sum = tr_emit2(r, TR_ADD, int_slot(r, 0), int_slot(r, 1));
    tr_ref fits = tr_emit(r, TR_FITS, TR_COND, 50, sum, TR_NONE);
    tr_guard(r, fits, true);
    set_int(r, 0, sum);
    tr_at(r, 3, 0, 0, 10);
    i = tr_emit2(r, TR_ADD, int_slot(r, 1), tr_const_int(r, 1));
    set_int(r, 1, i);
    tr_at(r, 1, 0, 0, 10);
    return tr_finish_loop(r);
}

static struct tr_left
run_sum(struct tr_jit *jit, int64_t from, int64_t to)
{
    struct tr_left left;

    base[0] = box(0);
    base[1] = box(from);
    base[2] = box(to);
    tr_enter(jit, site.trace, base, NULL, &left);
    return left;
}

static void
loop_and_exit(void **state)
{
    int looped;

    (void)state;
    for (looped = 0; looped < 2; looped++) {
        struct tr_jit *jit = new_jit();
        struct tr_left left;

        tr_params(jit)->opt_loop = looped;
        tr_params(jit)->opt_fold = looped;
        assert_non_null(record_sum(jit, NULL));
        assert_ptr_equal(tr_trace_by_id(jit, 1), site.trace);
        left = run_sum(jit, 0, 101);
        assert_non_null(left.exit);
        assert_int_equal(left.snap->pc, 1);
        assert_int_equal(unbox(base[0]), 5050);
        assert_int_equal(unbox(base[1]), 101);
        /* an overflow leaves before the addition */
        base[0] = box(NB_INT_MAX - 10);
        base[1] = box(0);
        tr_enter(jit, site.trace, base, NULL, &left);
        assert_int_equal(left.snap->pc, 2);
        assert_int_equal(unbox(base[0]), NB_INT_MAX);
        assert_int_equal(unbox(base[1]), 5);
        /* another type leaves at once */
        base[0] = box(0);
        base[2] = 0;
        tr_enter(jit, site.trace, base, NULL, &left);
        assert_int_equal(left.snap->pc, 1);
        assert_int_equal(base[2], 0);
        assert_int_equal(tr_stats(jit)->entered, 3);
        end_jit(jit);
    }
}

static void
bridge(void **state)
{
    struct tr_jit *jit = new_jit();
    struct tr_left left;
    struct tr_rec *r;
    struct tr_trace *t;
    tr_ref n;

    (void)state;
    record_sum(jit, NULL);
    left = run_sum(jit, 0, 3);
    assert_false(left.want_bridge);
    left = run_sum(jit, 0, 3);
    assert_true(left.want_bridge);
    /* the bridge: word 2 is 3: go on to 10, else return word 0 */
    r = tr_record_bridge(jit, &left);
    assert_non_null(r);
    assert_null(tr_record_bridge(jit, &left));
    tr_at(r, 5, 0, 0, 10);
    n = int_slot(r, 2);
    tr_guard(r, tr_emit2(r, TR_EQ, n, tr_const_int(r, 3)), true);
    tr_set_slot(r, 2, tr_const_val(r, box(10)));
    tr_at(r, 1, 0, 0, 10);
    t = tr_finish_link(r, site.trace);
    assert_non_null(t);
    assert_ptr_equal(left.exit->cell.trace, t);
    left = run_sum(jit, 0, 3);
    assert_int_equal(unbox(base[0]), 45);
    assert_int_equal(left.snap->pc, 5);
    left = run_sum(jit, 0, 3);
    assert_true(left.want_bridge);
    r = tr_record_bridge(jit, &left);
    tr_at(r, 5, 0, 0, 10);
    assert_non_null(tr_finish_ret(r, tr_slot(r, 0)));
    left = run_sum(jit, 0, 3);
    assert_null(left.exit);
    assert_int_equal(unbox(left.result), 45);
    end_jit(jit);
}

/* A place with ever more cases gets no more than so many bridges. */
static void
many_cases(void **state)
{
    struct tr_jit *jit = new_jit();
    struct tr_rec *r = start(jit);
    struct tr_left left;
    int64_t k;

    (void)state;
    tr_params(jit)->max_chain = 5;
    tr_at(r, 7, 0, 0, 10);
    tr_promote(r, int_slot(r, 2), 0);
    assert_non_null(tr_finish_ret(r, tr_slot(r, 0)));
    for (k = 1; k < 20; k++) {
        left = run_sum(jit, 0, k);
        assert_non_null(left.exit);
        assert_int_equal(left.snap->pc, 7);
        left = run_sum(jit, 0, k);
        if (!left.want_bridge)
            break;
        r = tr_record_bridge(jit, &left);
        tr_at(r, 7, 0, 0, 10);
        tr_promote(r, int_slot(r, 2), (uint64_t)k);
        assert_non_null(tr_finish_ret(r, tr_slot(r, 0)));
        left = run_sum(jit, 0, k);
        assert_null(left.exit);
    }
    assert_int_equal(k, 6);
    assert_int_equal(left.exit->kind, TR_EXIT_GIVEN_UP);
    end_jit(jit);
}

/* A chain of two objects and an array element that only the exit sees. */
static void
sunk_objects(void **state)
{
    int sink;

    (void)state;
    for (sink = 0; sink < 2; sink++) {
        struct tr_jit *jit = new_jit();
        struct tr_left left;
        struct tr_rec *r;
        uint64_t *a, *b;
        tr_ref i, p, q;

        tr_params(jit)->opt_sink = sink;
        tr_params(jit)->opt_loop = 0;
        r = start(jit);
        tr_at(r, 1, 0, 0, 10);
        i = int_slot(r, 1);
        p = tr_new(r, 3, 48, tr_const_int(r, 77));
        tr_fstore(r, FLD_N, p, i);
        q = tr_new(r, 3, 48, tr_const_int(r, 78));
        tr_fstore(r, FLD_NEXT, q, tr_emit1(r, TR_BOX_PTR, p));
        tr_astore(r, FLD_ITEM, q, tr_const_int(r, 1),
                  tr_emit1(r, TR_BOX_INT, i));
        tr_set_slot(r, 3, tr_emit1(r, TR_BOX_PTR, q));
        tr_set_slot(r, 4, tr_emit1(r, TR_BOX_PTR, p));
        tr_set_slot(r, 5,
                    tr_emit1(r, TR_BOX_BOOL,
                             tr_emit2(r, TR_LT, i, tr_const_int(r, 5))));
        tr_set_slot(r, 6, tr_emit(r, TR_BASE, TR_PTR, 0, (tr_ref){3}, TR_NONE));
        tr_at(r, 2, 0, 0, 10);
        tr_guard(r, tr_emit2(r, TR_EQ, i, tr_const_int(r, 9)), false);
        tr_at(r, 3, 0, 0, 10);
        assert_non_null(tr_finish_leave(r));
        base[1] = box(9);
        tr_enter(jit, site.trace, base, NULL, &left);
        assert_int_equal(left.snap->pc, 2);
        assert_int_equal(nobjects, 2);
        b = (uint64_t *)(uintptr_t)(base[3] - NB_PTR_TAG);
        a = (uint64_t *)(uintptr_t)(base[4] - NB_PTR_TAG);
        assert_int_equal(b[0], 78);
        assert_int_equal(b[2], base[4]);
        assert_int_equal(b[4], box(9));
        assert_int_equal(a[0], 77);
        assert_int_equal(a[1], 9);
        assert_int_equal(base[5], host.false_bits);
        assert_ptr_equal((void *)(uintptr_t)base[6], base + 3);
        /* the bridge makes them anew */
        tr_enter(jit, site.trace, base, NULL, &left);
        assert_true(left.want_bridge);
        r = tr_record_bridge(jit, &left);
        tr_at(r, 2, 0, 0, 10);
        p = tr_emit1(r, TR_UNBOX_PTR, tr_slot(r, 3));
        p = tr_emit1(r, TR_UNBOX_PTR, tr_fload(r, FLD_NEXT, p));
        i = tr_fload(r, FLD_N, p);
        assert_non_null(tr_finish_ret(r, tr_emit1(r, TR_BOX_INT, i)));
        tr_enter(jit, site.trace, base, NULL, &left);
        assert_null(left.exit);
        assert_int_equal(unbox(left.result), 9);
        end_jit(jit);
    }
}

static struct tr_watch watch;
static struct tr_jit *watched;
enum { MENTIONED = 4711 };
static uint32_t nroots; /* roots that are this value */

static void
count_root(void *arg, enum tr_kind kind, uint64_t bits)
{
    (void)arg;
    nroots += kind == TR_VAL && bits == box(MENTIONED);
}

static uint32_t
count_roots(struct tr_jit *jit)
{
    nroots = 0;
    tr_each_constant(jit, count_root, NULL);
    return nroots;
}

static void
change_fact(void)
{
    tr_invalidate(watched, &watch);
}

static void
change_fact_and_count(void)
{
    change_fact();
    count_roots(watched);
}

static void
only_count(void)
{
    count_roots(watched);
}

static void
invalidation(void **state)
{
    struct tr_jit *jit = watched = new_jit();
    struct tr_trace *t = record_sum(jit, &watch);
    struct tr_left left;

    (void)state;
    assert_int_equal(watch.traces.len, 1);
    assert_int_equal(tr_hot(jit, &site), TR_ENTER);
    left = run_sum(jit, 0, 3);
    assert_int_equal(unbox(base[0]), 3);
    tr_invalidate(jit, &watch);
    assert_null(site.trace);
    site.trace = t; /* as a link would still do */
    left = run_sum(jit, 0, 3);
    assert_int_equal(unbox(base[0]), 0);
    assert_int_equal(left.snap->pc, 1);
    assert_false(left.want_bridge);
    assert_int_equal(tr_stats(jit)->invalidated, 1);
    tr_watch_free(jit, &watch);
    end_jit(jit);
}

static void
invalidated_inside(void **state)
{
    struct tr_jit *jit = watched = new_jit();
    struct tr_left left;
    struct tr_rec *r;
    tr_ref i;

    (void)state;
    r = start(jit);
    tr_at(r, 1, 0, 0, 10);
    i = int_slot(r, 1);
    i = tr_emit_call(r, CALL_ANY, 1, &i);
    set_int(r, 1, i);
    tr_at(r, 2, 0, 0, 10);
    tr_depend(r, &watch);
    tr_at(r, 1, 0, 0, 10);
    assert_non_null(tr_finish_loop(r));
    base[1] = box(4);
    on_call = change_fact;
    tr_enter(jit, site.trace, base, NULL, &left);
    assert_int_equal(left.snap->pc, 2);
    assert_int_equal(unbox(base[1]), 5);
    tr_watch_free(jit, &watch);
    end_jit(jit);
}

/* A loop that calls CALL_ANY; with [fact] it relies on one, and has a constant.
 */
static void
record_calls(struct tr_jit *jit, bool fact)
{
    struct tr_rec *r = start(jit);
    tr_ref i;

    tr_at(r, 1, 0, 0, 10);
    if (fact) {
        tr_depend(r, &watch);
        tr_set_slot(r, 2, tr_const_val(r, box(MENTIONED)));
    }
    i = int_slot(r, 1);
    i = tr_emit_call(r, CALL_ANY, 1, &i);
    set_int(r, 1, i);
    tr_at(r, 2, 0, 0, 10);
    tr_guard(r, tr_emit2(r, TR_LT, i, tr_const_int(r, 10)), true);
    tr_at(r, 1, 0, 0, 10);
    assert_non_null(tr_finish_loop(r));
}

static void
roots_of_the_invalid(void **state)
{
    struct tr_jit *jit = watched = new_jit();
    struct tr_left left;

    (void)state;
    record_calls(jit, true);
    assert_true(count_roots(jit) > 0);
    base[1] = box(4);
    on_call = change_fact_and_count;
    tr_enter(jit, site.trace, base, NULL, &left);
    assert_true(nroots > 0); /* it was running */
    assert_int_equal(count_roots(jit), 0);
    /* and stay none when another trace runs: they may have been freed */
    record_calls(jit, false);
    base[1] = box(4);
    on_call = only_count;
    nroots = 1;
    tr_enter(jit, site.trace, base, NULL, &left);
    assert_int_equal(nroots, 0);
    tr_watch_free(jit, &watch);
    end_jit(jit);
}

static void
changed_while_recording(void **state)
{
    struct tr_jit *jit = new_jit();
    struct tr_rec *r = start(jit);

    (void)state;
    tr_at(r, 1, 0, 0, 10);
    tr_depend(r, &watch);
    tr_invalidate(jit, &watch);
    assert_true(tr_aborted(r));
    assert_null(tr_finish_loop(r));
    assert_int_equal(tr_stats(jit)->abort_reasons[TR_ABORT_INVALIDATED], 1);
    tr_watch_free(jit, &watch);
    end_jit(jit);
}

static void
penalties(void **state)
{
    struct tr_jit *jit = new_jit();
    int32_t before = 0;
    int i;

    (void)state;
    tr_site_init(jit, &site, TR_ROOT_LOOP, 1);
    for (i = 0; i < tr_params(jit)->max_aborts; i++) {
        struct tr_rec *r;

        assert_int_equal(site.blacklisted, 0);
        assert_int_equal(tr_hot(jit, &site), TR_RECORD);
        r = tr_record_root(jit, &site, base);
        tr_abort(r, TR_ABORT_NOT_TRACED);
        tr_abort(r, TR_ABORT_TOO_LONG);
        tr_finish_abort(r);
        assert_true(site.count > before);
        before = site.count;
    }
    assert_int_equal(site.blacklisted, 1);
    assert_int_equal(tr_hot(jit, &site), TR_INTERPRET);
    assert_int_equal(tr_stats(jit)->abort_reasons[TR_ABORT_NOT_TRACED], i);
    end_jit(jit);
}

static void
too_long(void **state)
{
    struct tr_jit *jit = new_jit();
    struct tr_rec *r;
    tr_ref i;
    int n;

    (void)state;
    tr_params(jit)->max_trace = 100;
    r = start(jit);
    tr_at(r, 1, 0, 0, 10);
    i = int_slot(r, 1);
    assert_false(tr_is_long(r));
    for (n = 0; n < 120; n++)
        i = tr_emit2(r, TR_XOR, tr_emit1(r, TR_NEG, i), i);
    assert_true(tr_is_long(r));
    assert_true(tr_aborted(r));
    assert_int_equal(tr_abort_reason(r), TR_ABORT_TOO_LONG);
    tr_finish_abort(r);
    end_jit(jit);
}

/* A call that is inlined, dropped, and a link into a frame above. */
static void
frames(void **state)
{
    struct tr_jit *jit = new_jit();
    struct tr_trace *target;
    struct tr_left left;
    struct tr_rec *r;

    (void)state;
    r = start(jit);
    tr_at(r, 9, 0, 0, 4);
    set_int(r, 0, tr_emit2(r, TR_ADD, int_slot(r, 0), tr_const_int(r, 1)));
    tr_at(r, 10, 0, 0, 4);
    target = tr_finish_leave(r);
    assert_non_null(target);

    r = start(jit);
    tr_at(r, 1, 0, 0, 4);
    int_slot(r, 1);
    tr_set_slot(r, 9, tr_const_ptr(r, &host)); /* header of the callee */
    tr_set_slot(r, 10, tr_slot(r, 1));
    tr_set_slot(r, 12, tr_const_val(r, box(3)));
    tr_at(r, 20, 10, 1, 13);
    tr_guard(r, tr_emit2(r, TR_EQ, int_slot(r, 10), tr_const_int(r, 7)), false);
    tr_at(r, 21, 10, 1, 12); /* word 12 is dead */
    assert_non_null(tr_finish_link(r, target));
    base[1] = box(7);
    base[12] = 5;
    tr_enter(jit, site.trace, base, NULL, &left);
    assert_int_equal(left.snap->pc, 20);
    assert_int_equal(left.snap->top, 10);
    assert_int_equal(left.snap->depth, 1);
    assert_ptr_equal(left.base, base);
    assert_int_equal(base[10], box(7));
    assert_int_equal(base[12], box(3));
    assert_int_equal(base[9], (uint64_t)(uintptr_t)&host);
    base[1] = box(8);
    base[12] = 5;
    tr_enter(jit, site.trace, base, NULL, &left);
    assert_int_equal(left.snap->pc, 10);
    assert_ptr_equal(left.base, base + 10);
    assert_int_equal(base[10], box(9));
    assert_int_equal(base[12], 5);
    end_jit(jit);
}

static void
mixed_call(void **state)
{
    struct tr_jit *jit = new_jit();
    struct tr_left left;
    struct tr_rec *r;
    tr_ref args[4];
    double d;

    (void)state;
    r = start(jit);
    tr_at(r, 1, 0, 0, 4);
    args[0] = int_slot(r, 0);
    args[1] = tr_emit1(r, TR_UNBOX_FLT, tr_slot(r, 1));
    args[2] = tr_const_int(r, 3);
    args[3] = tr_const_flt(r, 0.25);
    args[1] = tr_emit_call(r, CALL_MIX, 4, args);
    tr_finish_ret(r, tr_emit1(r, TR_BOX_FLT, args[1]));
    base[0] = box(10);
    d = 1.5;
    memcpy(&base[1], &d, sizeof d);
    tr_enter(jit, site.trace, base, NULL, &left);
    memcpy(&d, &left.result, sizeof d);
    assert_true(d == 14.25);
    end_jit(jit);
}

/* The check of a call's result: after the effect, in the state of then. */
static void
guard_with_mode(void **state)
{
    struct tr_jit *jit = new_jit();
    struct tr_left left;
    struct tr_rec *r;
    tr_ref i, result;

    (void)state;
    tr_params(jit)->stress_exits = 1; /* such guards never fail at random */
    r = start(jit);
    tr_at(r, 1, 0, 0, 10);
    i = tr_emit1(r, TR_UNBOX_INT, tr_slot(r, 1));
    result = tr_emit_call(r, CALL_ANY, 1, &i);
    set_int(r, 3, result);
    tr_guard_mode(r, tr_emit2(r, TR_LT, result, tr_const_int(r, 5)), true, 6);
    set_int(r, 4, result);
    tr_at(r, 2, 0, 0, 10);
    assert_non_null(tr_finish_leave(r));
    base[1] = box(3);
    tr_enter(jit, site.trace, base, NULL, &left);
    assert_int_equal(left.snap->pc, 2);
    assert_int_equal(left.snap->mode, 0);
    assert_int_equal(unbox(base[4]), 4);
    base[1] = box(4);
    base[4] = 0;
    tr_enter(jit, site.trace, base, NULL, &left);
    assert_int_equal(left.snap->pc, 1);
    assert_int_equal(left.snap->mode, 6);
    assert_int_equal(unbox(base[3]), 5);
    assert_int_equal(base[4], 0);
    end_jit(jit);
}

/* Whatever fails, going on from the exit gives the same result. */
static void
random_exits(void **state)
{
    struct tr_jit *jit = new_jit();
    int64_t sum = 0, i = 0;
    int exits = 0;

    (void)state;
    tr_params(jit)->stress_exits = 7;
    record_sum(jit, NULL);
    base[0] = box(0);
    base[1] = box(0);
    base[2] = box(1000);
    while (i < 1000) {
        struct tr_left left;

        tr_enter(jit, site.trace, base, NULL, &left);
        exits++;
        sum = unbox(base[0]);
        i = unbox(base[1]);
        /* finish the pass by hand */
        if (left.snap->pc == 1 && i < 1000) {
            sum += i;
            base[0] = box(sum);
            base[1] = box(++i);
        } else if (left.snap->pc == 2) {
            base[0] = box(sum += i);
            base[1] = box(++i);
        } else if (left.snap->pc == 3) {
            base[1] = box(++i);
        }
    }
    assert_int_equal(sum, 499500);
    assert_true(exits > 50);
    end_jit(jit);
}

static uint32_t unit_size;

static int
note_compile(struct tr_jit *jit, const struct tr_unit *unit, tr_entry *code,
             char *why, size_t whylen)
{
    unit_size = unit->count;
    return tr_eval_backend.compile(jit, unit, code, why, whylen);
}

static void
second_tier(void **state)
{
    struct tr_backend noting = tr_eval_backend;
    struct tr_jit *jit;
    struct tr_left left;
    struct tr_rec *r;
    int i;

    (void)state;
    noting.compile = note_compile;
    end_jit(new_jit());
    jit = tr_jit_new(&host, &noting);
    tr_params(jit)->verify = 1;
    tr_params(jit)->exit_threshold = 1;
    tr_params(jit)->tier2_threshold = 30;
    record_sum(jit, NULL);
    left = run_sum(jit, 0, 3);
    assert_true(left.want_bridge);
    r = tr_record_bridge(jit, &left);
    tr_at(r, 5, 0, 0, 10); /* up to 100 go on, one pass at a time */
    tr_guard(r, tr_emit2(r, TR_LT, int_slot(r, 2), tr_const_int(r, 100)), true);
    set_int(r, 2, tr_emit2(r, TR_ADD, int_slot(r, 2), tr_const_int(r, 1)));
    tr_at(r, 1, 0, 0, 10);
    assert_non_null(tr_finish_link(r, site.trace));
    assert_int_equal(unit_size, 1);
    left = run_sum(jit, 0, 3);
    assert_int_equal(left.snap->pc, 5); /* the counter ran out */
    assert_int_equal(unbox(base[2]), 33);
    assert_int_equal(unit_size, 2);
    assert_int_equal(tr_stats(jit)->tier2, 1);
    assert_false(left.want_bridge);
    for (i = 0; i < 3; i++) {
        left = run_sum(jit, 0, 3);
        assert_int_equal(unbox(base[2]), 100);
        assert_int_equal(unbox(base[0]), 4950);
    }
    assert_int_equal(tr_stats(jit)->tier2, 1);
    end_jit(jit);
}

static void
parameters(void **state)
{
    struct tr_jit *jit = new_jit();
    struct nac_buf out = {0};

    (void)state;
    assert_int_equal(tr_set_param(jit, "loop-threshold", 3), 0);
    assert_int_equal(tr_params(jit)->loop_threshold, 3);
    assert_int_equal(tr_set_param(jit, "loop_threshold", 0), -2);
    assert_int_equal(tr_set_param(jit, "loop", 3), -1);
    tr_print_params(&out);
    assert_non_null(strstr(out.data, "--jit-loop-threshold=N"));
    nac_buf_free(&out);
    end_jit(jit);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loop_and_exit),
        cmocka_unit_test(bridge),
        cmocka_unit_test(many_cases),
        cmocka_unit_test(sunk_objects),
        cmocka_unit_test(invalidation),
        cmocka_unit_test(invalidated_inside),
        cmocka_unit_test(roots_of_the_invalid),
        cmocka_unit_test(changed_while_recording),
        cmocka_unit_test(penalties),
        cmocka_unit_test(too_long),
        cmocka_unit_test(frames),
        cmocka_unit_test(mixed_call),
        cmocka_unit_test(guard_with_mode),
        cmocka_unit_test(random_exits),
        cmocka_unit_test(second_tier),
        cmocka_unit_test(parameters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
