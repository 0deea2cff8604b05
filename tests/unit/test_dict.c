/* SPDX-License-Identifier: MIT
 * tests/unit/test_dict.c: the hash table of dict, module namespaces with their
 * cells, sets and sorting, from C.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/init.h"
#include "runtime/runtime.h"

static rt_val
number(int64_t i)
{
    return rt_from_small(i);
}

static rt_val
text(const char *format, int64_t i)
{
    return rt_str_format(format, (long long)i);
}

/* Every width of index slots, with ints and strs mixed. */
static void
grows(void **state)
{
    enum { N = 50000 };
    rt_val d = rt_dict_new(), key, value;
    int64_t pos = 0, n = 0;

    (void)state;
    for (int64_t i = 0; i < N; i++) {
        assert_int_equal(rt_dict_set(d, number(i * 64), number(i)), 0);
        assert_int_equal(rt_dict_set(d, text("k%lld", i), number(-i)), 0);
    }
    assert_int_equal(rt_dict_of(d)->used, 2 * N);
    for (int64_t i = 0; i < N; i++) {
        assert_true(rt_same(rt_dict_get(d, number(i * 64)), number(i)));
        assert_true(rt_same(rt_dict_get(d, text("k%lld", i)), number(-i)));
        assert_true(rt_is_null(rt_dict_get(d, number(i * 64 + 1))));
    }
    while (rt_dict_next(d, &pos, &key, &value)) {
        assert_true(rt_same(value, number(n % 2 ? -(n / 2) : n / 2)));
        n++;
    }
    assert_int_equal(n, 2 * N);
}

/* Deleting and adding for ever does not fill the index up. */
static void
deletes(void **state)
{
    rt_val d = rt_dict_new(), key, value;
    int64_t pos = 0;

    (void)state;
    for (int64_t i = 0; i < 100000; i++) {
        rt_dict_set(d, number(i), number(i));
        if (i >= 5)
            assert_int_equal(rt_dict_del(d, number(i - 5)), 1);
    }
    assert_int_equal(rt_dict_of(d)->used, 5);
    assert_true(rt_dict_of(d)->mask < 64);
    assert_int_equal(rt_dict_del(d, number(3)), 0);
    for (int64_t i = 99995; i < 100000; i++) {
        assert_true(rt_dict_next(d, &pos, &key, &value));
        assert_true(rt_same(key, number(i)));
    }
    assert_false(rt_dict_next(d, &pos, &key, &value));
    for (int64_t i = 0; i < 1000; i++) { /* the last entry again and again */
        rt_dict_set(d, number(-1), number(i));
        assert_true(rt_same(rt_dict_pop(d, number(-1)), number(i)));
    }
    assert_true(rt_dict_of(d)->mask < 64);
}

/* Equal keys of several types are one key; names are found by content. */
static void
equal_keys(void **state)
{
    rt_val d = rt_dict_new();

    (void)state;
    rt_dict_set(d, number(1), number(10));
    assert_true(rt_same(rt_dict_get(d, rt_from_float(1.0)), number(10)));
    assert_true(rt_same(rt_dict_get(d, rt_True), number(10)));
    rt_dict_set(d, rt_True, number(11));
    assert_int_equal(rt_dict_of(d)->used, 1);
    rt_dict_set(d,
                rt_str_new("na"
                           "me",
                           -1),
                number(5));
    assert_true(rt_same(rt_dict_get_name(d, rt_intern("name")), number(5)));
    assert_true(rt_is_null(rt_dict_get_name(d, rt_intern("other"))));
    assert_true(rt_is_null(rt_dict_get(d, rt_list_new(NULL, 0))));
    assert_true(rt_exc_is(&rt_exc_TypeError));
    rt_exc_clear();
}

static void
copies(void **state)
{
    rt_val d = rt_dict_new(), copy;

    (void)state;
    for (int64_t i = 0; i < 1000; i++)
        rt_dict_set(d, number(i), number(i));
    copy = rt_dict_copy(d);
    rt_dict_set(copy, number(3), number(4));
    rt_dict_del(copy, number(5));
    assert_true(rt_same(rt_dict_get(d, number(3)), number(3)));
    assert_int_equal(rt_dict_contains(d, number(5)), 1);
    assert_int_equal(rt_dict_contains(copy, number(5)), 0);
    rt_dict_clear(d);
    assert_int_equal(rt_dict_merge(d, copy, true), 0);
    assert_int_equal(rt_dict_of(d)->used, 999);
}

/* A name's cell stays the same one, even when the name is deleted and comes
 * back; the epoch changes when a builtin is hidden, but not for other names. */
static void
namespaces(void **state)
{
    rt_val ns = rt_namespace_new(), name = rt_intern("colour");
    uint64_t epoch = rt_namespace_epoch;
    struct rt_gcell *cell;

    (void)state;
    assert_null(rt_namespace_cell(ns, name, false));
    rt_dict_set(ns, name, number(1));
    cell = rt_namespace_cell(ns, name, false);
    assert_non_null(cell);
    assert_int_equal(cell->writes, 1);
    rt_dict_set(ns, name, number(2));
    assert_true(rt_same(cell->value, number(2)));
    assert_int_equal(cell->writes, 2);
    for (int64_t i = 0; i < 1000; i++)
        rt_dict_set(ns, text("n%lld", i), number(i));
    assert_ptr_equal(rt_namespace_cell(ns, name, false), cell);
    assert_int_equal(rt_namespace_epoch, epoch);
    assert_true(rt_same(rt_dict_get(rt_dict_copy(ns), name), number(2)));
    assert_int_equal(rt_dict_del(ns, name), 1);
    assert_true(rt_is_null(cell->value));
    rt_dict_set(ns, name, number(3));
    assert_ptr_equal(rt_namespace_cell(ns, name, false), cell);
    assert_true(rt_same(cell->value, number(3)));
    assert_int_equal(rt_namespace_epoch, epoch);
    rt_dict_set_name(ns, "len", number(0));
    assert_int_not_equal(rt_namespace_epoch, epoch);
}

static void
sets(void **state)
{
    rt_val s = rt_set_new(RT_NULL), item;
    int64_t pos = 0, n = 0, sum = 0;

    (void)state;
    for (int64_t i = 0; i < 20000; i++)
        assert_int_equal(rt_set_add(s, number(i % 10000)), 0);
    while (rt_set_next(s, &pos, &item)) {
        n++;
        sum += rt_small(item);
    }
    assert_int_equal(n, 10000);
    assert_int_equal(sum, 49995000);
    assert_int_equal(rt_set_contains(s, rt_from_float(7.0)), 1);
    assert_int_equal(rt_set_contains(s, number(10000)), 0);
}

/* Runs, saw teeth and noise, of every size around the least run. */
static void
sorts(void **state)
{
    (void)state;
    for (int64_t n = 0; n < 200; n++) {
        for (int kind = 0; kind < 4; kind++) {
            rt_val list = rt_list_new(NULL, 0), *items;
            uint64_t noise = 7;
            int64_t len;

            for (int64_t i = 0; i < n; i++) {
                int64_t v = kind == 0   ? i
                            : kind == 1 ? -i
                            : kind == 2 ? i % 17
                                        : (int64_t)(noise >> 40);

                noise = noise * UINT64_C(6364136223846793005) + 1;
                rt_list_append(list, kind == 3 && n % 2
                                         ? rt_from_float((double)v)
                                         : number(v));
            }
            assert_int_equal(rt_list_sort(list, RT_NULL, false), 0);
            items = rt_seq_items(list, &len);
            assert_int_equal(len, n);
            for (int64_t i = 1; i < n; i++)
                assert_int_equal(rt_compare_bool(items[i], items[i - 1], RT_LT),
                                 0);
        }
    }
}

static int
run(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),      cmocka_unit_test(deletes),
        cmocka_unit_test(equal_keys), cmocka_unit_test(copies),
        cmocka_unit_test(namespaces), cmocka_unit_test(sets),
        cmocka_unit_test(sorts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(void)
{
    rt_init(__builtin_frame_address(0));
    return run();
}
