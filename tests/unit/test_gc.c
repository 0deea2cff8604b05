/* SPDX-License-Identifier: MIT
 * tests/unit/test_gc.c: what the collector does where memory ends: a marker
 * whose stack cannot grow, tables beside the heap, the reserve of nac_malloc().
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/vec.h"
#include "runtime/gc/heap.h"
#include "runtime/init.h"
#include "runtime/runtime.h"

static rt_val kept = {NB_NOTHING}; /* a root */

static rt_val
small(int64_t i)
{
    return rt_from_small(i);
}

/* [n] lists of three, each in the one before; the second item is the number. */
static rt_val
chain(int64_t n)
{
    rt_val inner = rt_None;

    for (int64_t i = n; i-- > 0;) {
        rt_val items[3] = {rt_list_new(NULL, 0), small(i), inner};

        inner = rt_list_new(items, 3);
    }
    return inner;
}

static void
check_chain(rt_val list, int64_t n)
{
    int64_t len, i;

    for (i = 0; i < n; i++) {
        rt_val *items = rt_seq_items(list, &len);

        assert_int_equal(len, 3);
        assert_true(rt_is_list(items[0]));
        assert_true(rt_same(items[1], small(i)));
        list = items[2];
    }
    assert_true(rt_is_none(list));
}

/* No more than the first stack, or what is wanted. */
static void
limit_stack(bool on)
{
    free(rt_marker.items);
    rt_marker.items = NULL;
    rt_marker.len = rt_marker.cap = 0;
    rt_marker.limit = on ? 8192 : 0;
}

/* A list of 20,000 chains needs more than the 8192 items of the first stack. */
static void
marker_without_room(void **state)
{
    enum { WIDE = 20000, DEEP = 5 };
    rt_val old, *items;
    int64_t n;

    (void)state;
    limit_stack(true);
    kept = rt_list_new(NULL, 0);
    for (int i = 0; i < WIDE; i++)
        rt_list_append(kept, chain(DEEP));
    rt_gc_collect(2);
    rt_gc_collect(2);
    old = kept;
    items = rt_seq_items(old, &n);
    assert_int_equal(n, WIDE);
    for (int i = 0; i < WIDE; i++)
        check_chain(items[i], DEEP);

    /* Young objects that only old ones refer to. */
    for (int i = 0; i < WIDE; i++)
        rt_list_append(items[i], chain(DEEP));
    rt_gc_collect(0);
    for (int i = 0; i < WIDE; i++) {
        rt_val *own = rt_seq_items(items[i], &n);

        assert_int_equal(n, 4);
        check_chain(own[3], DEEP);
    }
    limit_stack(false);
}

/* What is garbage is found in spite of lost objects. */
static void
garbage_without_room(void **state)
{
    uint64_t before;

    (void)state;
    limit_stack(true);
    kept = RT_NULL;
    rt_gc_collect(2);
    before = rt_gc_stats()->live_bytes;
    kept = rt_list_new(NULL, 0);
    for (int i = 0; i < 40000; i++)
        rt_list_append(kept, chain(2));
    rt_gc_collect(2);
    assert_true(rt_gc_stats()->live_bytes > before + 10000000);
    kept = RT_NULL;
    rt_gc_collect(2);
    assert_true(rt_gc_stats()->live_bytes < before + 1000000);
    limit_stack(false);
}

/* Entries of the table of weakrefs are found after others have gone. */
static void
weakrefs(void **state)
{
    enum { N = 5000 };
    rt_val *items;
    int64_t n;

    (void)state;
    kept = rt_list_new(NULL, 0);
    for (int i = 0; i < N; i++) {
        rt_val set = rt_set_new(RT_NULL), ref;

        ref = rt_weakref_make(&rt_weakref_type, set, RT_NULL);
        assert_false(rt_is_null(ref));
        rt_list_append(kept, ref);
        rt_list_append(kept, i % 3 == 0 ? set : rt_None);
    }
    rt_gc_collect(2);
    items = rt_seq_items(kept, &n);
    for (int i = 0; i < N; i++) {
        struct rt_weakref *ref = rt_ptr(items[2 * i]);

        if (i % 3 == 0) {
            assert_true(ref->target == items[2 * i + 1].bits);
            assert_true(rt_ptr(rt_weakref_make(&rt_weakref_type,
                                               items[2 * i + 1], RT_NULL)) ==
                        ref);
        }
    }
    kept = RT_NULL;
}

#ifndef __SANITIZE_ADDRESS__ /* its malloc() does not return NULL */

static bool told;

static void
tell(void)
{
    told = true;
}

/* Where no address space is left the reserve is taken, and told of. */
static void
reserve(void **state)
{
    enum { BLOCK = 1 << 20, MOST = 256 };
    struct rlimit old, tight;
    NAC_VEC(char *) all = {0};
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    char *p, *last;

    (void)state;
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%lu", &pages), 1);
    fclose(f);
    assert_int_equal(getrlimit(RLIMIT_AS, &old), 0);
    tight = old;
    tight.rlim_cur = pages * (unsigned long)sysconf(_SC_PAGESIZE) + 64 * BLOCK;
    nac_vec_reserve(&all, MOST);
    nac_mem_keep(8 * BLOCK, tell);
    assert_int_equal(setrlimit(RLIMIT_AS, &tight), 0);
    while (all.len < MOST && (p = malloc(BLOCK)) != NULL)
        nac_vec_push(&all, p);
    assert_true(all.len < MOST);
    assert_false(told || nac_mem_is_low());
    last = nac_malloc(4 * BLOCK);
    assert_true(told && nac_mem_is_low());
    free(last);
    nac_mem_keep(8 * BLOCK, tell);
    assert_false(nac_mem_is_low());
    setrlimit(RLIMIT_AS, &old);
    while (all.len > 0)
        free(nac_vec_pop(&all));
    nac_vec_free(&all);
}

#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marker_without_room),
        cmocka_unit_test(garbage_without_room),
        cmocka_unit_test(weakrefs),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(reserve),
#endif
    };

    rt_init(__builtin_frame_address(0));
    rt_gc_root(&kept);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
