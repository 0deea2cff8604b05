/* SPDX-License-Identifier: MIT
 * tests/unit/test_marshal_code.c: code that is written and read again is the
 * same code, and what is damaged is refused without harm.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "frontend/compile.h"
#include "frontend/frontend.h"
#include "runtime/marshal_code.h"

static const char source[] =
    "'doc'\n"
    "import sys\n"
    "x = (1, -2.5, 3j, 'e\\u0301\\ud800', b'a\\0b', 10**40, None, ...)\n"
    "def f(a, /, b=2, *c, d: int = 4, **e):\n"
    "    def g():\n"
    "        nonlocal a\n"
    "        a += 1\n"
    "        return a in {1, 2, 'z'}\n"
    "    try:\n"
    "        yield from g()\n"
    "    except* ValueError as err:\n"
    "        print(f'{err!r:>{b}}')\n"
    "class A(object):\n"
    "    async def m(self):\n"
    "        async with self as s:\n"
    "            return [i async for i in s if i]\n"
    "match x:\n"
    "    case {'k': [1, *_], **rest}: pass\n"
    "    case A(q=1) | 12345678901234567890: pass\n";

static struct fe_code *
compile_source(struct nac_arena *arena)
{
    struct fe_error err;
    struct fe_node *tree;
    struct fe_code *code;

    memset(&err, 0, sizeof err);
    tree = fe_parse(arena, source, strlen(source), "t.py", FE_EXEC, &err);
    assert_non_null(tree);
    code = fe_compile(arena, tree, "t.py", FE_EXEC, 0, &err);
    assert_non_null(code);
    return code;
}

static void
test_round_trip(void **state)
{
    struct nac_arena arena;
    struct nac_buf bytes = {0}, again = {0}, one = {0}, two = {0};
    struct fe_code *code, *copy;
    const char *why;

    (void)state;
    nac_arena_init(&arena);
    code = compile_source(&arena);
    rt_marshal_code(&bytes, code);
    copy = rt_unmarshal_code(&arena, bytes.data, bytes.len, "t.py", &why);
    assert_null(why);
    assert_non_null(copy);
    assert_null(fe_check_code(&arena, copy));
    fe_dis(&one, code);
    fe_dis(&two, copy);
    assert_string_equal(one.data, two.data);
    rt_marshal_code(&again, copy);
    assert_int_equal(bytes.len, again.len);
    assert_memory_equal(bytes.data, again.data, bytes.len);
    nac_buf_free(&bytes);
    nac_buf_free(&again);
    nac_buf_free(&one);
    nac_buf_free(&two);
    nac_arena_free(&arena);
}

/* Every proper beginning is refused; a changed byte is refused or makes code
 * that the checker can look at. */
static void
test_damage(void **state)
{
    struct nac_arena arena;
    struct nac_buf bytes = {0};
    const char *why;

    (void)state;
    nac_arena_init(&arena);
    rt_marshal_code(&bytes, compile_source(&arena));
    nac_arena_free(&arena);
    for (size_t i = 0; i < bytes.len; i++) {
        char *cut = malloc(i + 1);

        memcpy(cut, bytes.data, i);
        nac_arena_init(&arena);
        assert_null(rt_unmarshal_code(&arena, cut, i, "t.py", &why));
        assert_non_null(why);
        nac_arena_free(&arena);
        free(cut);
    }
    for (size_t i = 0; i < 8 * bytes.len; i++) {
        struct fe_code *code;

        bytes.data[i / 8] ^= (char)(1 << i % 8);
        nac_arena_init(&arena);
        code = rt_unmarshal_code(&arena, bytes.data, bytes.len, "t.py", &why);
        if (code)
            fe_check_code(&arena, code);
        nac_arena_free(&arena);
        bytes.data[i / 8] ^= (char)(1 << i % 8);
    }
    nac_buf_free(&bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
