/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_iter.h: for loops, subscripts, building containers.
 * Lists, tuples, ranges and strs are iterated by an index in a register, other
 * iterables by their iterator; a generator by its frame. Included by loop.h in
 * both interpreters. */

OP(GET_ITER)
{
    val v = rk(I->b);

    if (test(is_obj(v))) {
        struct rt_map *map = promote_map(v);

        if (map == &rt_list_type.root_map || map == &rt_tuple_type.root_map ||
            map == &rt_str_type.root_map) {
            set_reg(I->a, v);
            set_reg(I->a + 1, int_val(num_k(0)));
            NEXT;
        }
        if (map == &rt_range_type.root_map) {
            if (test(icmp(RT_GE, ld_range_count(ptr_of(v)), num_k(0)))) {
                set_reg(I->a, v);
                set_reg(I->a + 1, int_val(num_k(0)));
                NEXT;
            }
        }
        if (map == &rt_generator_type.root_map) {
            set_reg(I->a, v);
            set_reg(I->a + 1, konst(RT_NULL));
            NEXT;
        }
        if (!I->x && rt_h_is_plain_iterable(map->type)) {
            v = c_rt_h_iter_plain(v);
            CHECK(v);
            set_reg(I->a, v);
            set_reg(I->a + 1, konst(RT_NULL));
            NEXT;
        }
    }
    if (!I->x) { /* 1: it is an iterator already */
        v = c_rt_iter(v);
        CHECK(v);
    }
    set_reg(I->a, v);
    set_reg(I->a + 1, konst(RT_NULL));
    NEXT;
}

OP(FOR_ITER)
{
    val seq = reg(I->a);
    val pos = reg(I->a + 1);
    struct rt_map *map = promote_map(seq);

    if (test(is_int(pos))) {
        num i = int_of(pos);
        val item;
        cond more;

        if (map == &rt_range_type.root_map)
            more = icmp(RT_LT, i, ld_range_count(ptr_of(seq)));
        else if (map == &rt_list_type.root_map)
            more = icmp(RT_LT, i, ld_list_len(ptr_of(seq)));
        else if (map == &rt_tuple_type.root_map)
            more = icmp(RT_LT, i, ld_tuple_len(ptr_of(seq)));
        else
            more = icmp(RT_LT, i, ld_str_len(ptr_of(seq)));
        if (!test(more)) {
            /* a list that grows later stays exhausted */
            set_reg(I->a + 1, int_val(num_k(NB_INT_MAX)));
            pc += I->bc;
            NEXT;
        }
        if (map == &rt_range_type.root_map) {
            num first = ld_range_first(ptr_of(seq));
            num x = iadd(first, imul(i, ld_range_by(ptr_of(seq))));

            item = int_val(x); /* all items fit: range.c */
        } else if (map == &rt_list_type.root_map) {
            item = ldx_words(ld_list_items(ptr_of(seq)), i);
        } else if (map == &rt_tuple_type.root_map) {
            item = ldx_tuple_items(ptr_of(seq), i);
        } else {
            item = c_rt_h_str_at(seq, i);
        }
        set_reg(I->a + 2, item);
        set_reg(I->a + 1, int_val(iadd(i, num_k(1))));
        pc++;
        NEXT;
    }
    if (map == &rt_generator_type.root_map) {
        num state = ld_gen_state(ptr_of(seq));

        if (test(icmp(RT_EQ, state, num_k(RT_GEN_SUSPENDED)))) {
            RESUME_GENERATOR(seq, konst(rt_None));
        }
        if (test(icmp(RT_EQ, state, num_k(RT_GEN_CREATED)))) {
            RESUME_GENERATOR(seq, konst(rt_None));
        }
    }
    {
        val item;

        if (step(seq, map, &item)) {
            set_reg(I->a + 2, item);
            pc++;
            NEXT;
        }
        if (rt_h_is_plain_iterator(map))
            item = c_rt_h_for_next_plain(seq);
        else
            item = c_rt_h_for_next(seq);

        /* RT_NULL and an exception: raised; RT_NULL without: the end */
        CHECK_NEXT(I->a + 2, item);
        NEXT;
    }
}

OP(FOR_TEST)
{
    BRANCH(same(reg(I->a + 2), konst(RT_NULL)), 1, pc + I->bc);
    NEXT;
}

OP(BUILD_TUPLE)
{
    ptr t = new_object(&rt_tuple_type.root_map,
                       sizeof(struct rt_tuple) + 8 * (size_t)I->c);
    int i;

    st_tuple_len(t, num_k(I->c));
    for (i = 0; i < I->c; i++)
        stx_tuple_items(t, num_k(i), reg(I->b + i));
    set_reg(I->a, ptr_val(t));
    NEXT;
}

OP(BUILD_LIST)
{
    int i, cap = I->c > 4 ? I->c : 4;
    ptr items, list;

    if (I->c > 64) { /* too long to be open-coded */
        UNTRACED();
        CHECK_TO(I->a, konst(rt_list_new(fp + I->b, I->c)));
        NEXT;
    }
    items = new_object(&rt_words_type.root_map,
                       sizeof(struct rt_words) + 8 * (size_t)cap);
    st_words_count(items, num_k(cap));
    for (i = 0; i < I->c; i++)
        stx_words(items, num_k(i), reg(I->b + i));
    list = new_object(&rt_list_type.root_map, sizeof(struct rt_list));
    st_list_len(list, num_k(I->c));
    st_list_items(list, items);
    set_reg(I->a, ptr_val(list));
    NEXT;
}

OP(BUILD_SET)
{
    bool plain = true;
    val set;
    int i;

    for (i = 0; i < I->c && plain; i++)
        plain = is_plain_key(reg(I->b + i));
    set = c_rt_h_new_set();
    CHECK(set);
    for (i = 0; i < I->c; i++) {
        val v = reg(I->b + i);

        if (plain)
            CHECK_NUM(c_rt_h_set_add_plain(set, v));
        else
            CHECK_NUM(c_rt_h_set_add(set, v));
    }
    set_reg(I->a, set);
    NEXT;
}

OP(BUILD_MAP)
{
    bool plain = true;
    val dict;
    int i;

    for (i = 0; i < I->c && plain; i++)
        plain = is_plain_key(reg(I->b + 2 * i));
    dict = c_rt_dict_new();
    CHECK(dict);
    for (i = 0; i < I->c; i++) {
        val key = reg(I->b + 2 * i);
        val v = reg(I->b + 2 * i + 1);

        if (plain)
            CHECK_NUM(c_rt_h_setitem_plain(dict, key, v));
        else
            CHECK_NUM(c_rt_h_dict_set(dict, key, v));
    }
    set_reg(I->a, dict);
    NEXT;
}

/* All operands are strs. Four are joined at once, then that with the next. */
OP(BUILD_STRING)
{
    val s = I->c ? reg(I->b) : konst(RT_ID(empty));
    int i = 1;

    while (i < I->c) {
        val a[3];
        int j;

        for (j = 0; j < 3; j++, i++)
            a[j] = i < I->c ? reg(I->b + i) : konst(RT_NULL);
        s = c_rt_h_join(s, a[0], a[1], a[2]);
        CHECK(s);
    }
    set_reg(I->a, s);
    NEXT;
}

OP(BUILD_SLICE)
{
    ptr s = new_object(&rt_slice_type.root_map, sizeof(struct rt_slice));

    st_slice_start(s, reg(I->b));
    st_slice_stop(s, reg(I->b + 1));
    st_slice_step(s, reg(I->b + 2));
    set_reg(I->a, ptr_val(s));
    NEXT;
}

OP(LIST_APPEND)
{
    val list = reg(I->a);
    val v = rk(I->b);
    ptr l = ptr_of(list);
    num len = ld_list_len(l);
    ptr items = ld_list_items(l);

    if (test(icmp(RT_LT, len, ld_words_count(items)))) {
        stxb_words(items, len, v);
        st_list_len(l, iadd(len, num_k(1)));
        NEXT;
    }
    CHECK_NUM(c_rt_h_list_append(list, v));
    NEXT;
}

OP(SET_ADD)
{
    val v = rk(I->b);

    if (is_plain_key(v))
        CHECK_NUM(c_rt_h_set_add_plain(reg(I->a), v));
    else
        CHECK_NUM(c_rt_h_set_add(reg(I->a), v));
    NEXT;
}

OP(MAP_ADD)
{
    val key = rk(I->b);
    val v = rk(I->c);

    if (is_plain_key(key))
        CHECK_NUM(c_rt_h_setitem_plain(reg(I->a), key, v));
    else
        CHECK_NUM(c_rt_h_dict_set(reg(I->a), key, v));
    NEXT;
}

OP(LIST_EXTEND)
{
    if (I->x == 2)
        CHECK_NUM(c_rt_h_star_args(reg(I->a), rk(I->b), reg(I->c)));
    else
        CHECK_NUM(c_rt_h_list_extend(reg(I->a), rk(I->b), num_k(I->x)));
    NEXT;
}

OP(SET_UPDATE)
{
    CHECK_NUM(c_rt_h_set_update(reg(I->a), rk(I->b)));
    NEXT;
}

OP(DICT_UPDATE)
{
    CHECK_NUM(c_rt_h_dict_update(reg(I->a), rk(I->b)));
    NEXT;
}

OP(DICT_MERGE)
{
    CHECK_NUM(c_rt_h_dict_merge(reg(I->a), rk(I->b), reg(I->c)));
    NEXT;
}

OP(LIST_TO_TUPLE)
{
    CHECK_TO(I->a, c_rt_list_to_tuple(reg(I->b)));
    NEXT;
}

OP(UNPACK)
{
    val v = rk(I->b);
    int i;

    if (test(is_obj(v))) {
        struct rt_map *map = promote_map(v);
        ptr o = ptr_of(v);

        if (map == &rt_tuple_type.root_map) {
            if (test(icmp(RT_EQ, ld_tuple_len(o), num_k(I->c)))) {
                for (i = 0; i < I->c; i++)
                    set_reg(I->a + i, ldx_tuple_items(o, num_k(i)));
                NEXT;
            }
        } else if (map == &rt_list_type.root_map) {
            if (test(icmp(RT_EQ, ld_list_len(o), num_k(I->c)))) {
                ptr items = ld_list_items(o);

                for (i = 0; i < I->c; i++)
                    set_reg(I->a + i, ldx_words(items, num_k(i)));
                NEXT;
            }
        }
    }
    v = c_rt_h_unpack(v, num_k(I->c));
    CHECK(v);
    for (i = 0; i < I->c; i++)
        set_reg(I->a + i, ldx_tuple_items(ptr_of(v), num_k(i)));
    NEXT;
}

OP(UNPACK_EX)
{
    val v = c_rt_h_unpack_ex(rk(I->b), num_k(I->x), num_k(I->c));
    int i;

    CHECK(v);
    for (i = 0; i < I->x + 1 + I->c; i++)
        set_reg(I->a + i, ldx_tuple_items(ptr_of(v), num_k(i)));
    NEXT;
}

OP(GETITEM)
{
    val o = rk(I->b);
    val key = rk(I->c);

    if (test(is_obj(o))) {
        struct rt_map *map = promote_map(o);
        ptr p = ptr_of(o);
        struct rt_function *method;

        if (map == &rt_list_type.root_map) {
            if (test(is_int(key))) {
                num i = int_of(key);
                num len = ld_list_len(p);

                if (test(in_bounds(i, len))) {
                    set_reg(I->a, ldx_words(ld_list_items(p), i));
                    NEXT;
                }
                i = iadd(i, len);
                if (test(in_bounds(i, len))) {
                    set_reg(I->a, ldx_words(ld_list_items(p), i));
                    NEXT;
                }
            }
            left = o;
            right = key;
            goto getitem_slice;
        }
        if (map == &rt_tuple_type.root_map) {
            if (test(is_int(key))) {
                num i = int_of(key);
                num len = ld_tuple_len(p);

                if (test(in_bounds(i, len))) {
                    set_reg(I->a, ldx_tuple_items(p, i));
                    NEXT;
                }
                i = iadd(i, len);
                if (test(in_bounds(i, len))) {
                    set_reg(I->a, ldx_tuple_items(p, i));
                    NEXT;
                }
            }
            left = o;
            right = key;
            goto getitem_slice;
        }
        if (map == &rt_str_type.root_map || map == &rt_bytes_type.root_map) {
            bool text = map == &rt_str_type.root_map;

            if (test(is_int(key))) {
                num i = int_of(key);
                num len = text ? ld_str_len(p) : ld_bytes_len(p);

                if (test(in_bounds(i, len))) {
                    set_reg(I->a, text ? c_rt_h_str_at(o, i)
                                       : int_val(ldx_bytes_data(p, i)));
                    NEXT;
                }
            }
            left = o;
            right = key;
            goto getitem_slice;
        }
        if (is_plain_lookup(map, key)) {
            CHECK_TO(I->a, c_rt_h_getitem_plain(o, key));
            NEXT;
        }
        method = rt_h_special_function(map->type, RT_ID(getitem));
        if (method) {
            depend_type(map->type);
            PUSH_METHOD2(method, o, key, RT_FK_NORMAL);
        }
    }
    CHECK_TO(I->a, c_rt_getitem(o, key));
    NEXT;
}

/* [left], an exact list, tuple, str or bytes, by [right], which is no int in
 * bounds. A slice's parts are passed on, the slice itself is not. */
getitem_slice:
{
    if (test(is_obj(right)) && promote_map(right) == &rt_slice_type.root_map) {
        val start, stop, step;

        if (plain_slice(ptr_of(right), &start, &stop, &step)) {
            CHECK_TO(I->a, c_rt_h_getslice(left, start, stop, step));
            NEXT;
        }
    }
    CHECK_TO(I->a, c_rt_getitem(left, right));
    NEXT;
}

OP(SETITEM)
{
    val o = rk(I->a);
    val key = rk(I->b);
    val v = rk(I->c);

    if (test(is_obj(o))) {
        struct rt_map *map = promote_map(o);
        ptr p = ptr_of(o);
        struct rt_function *method;

        if (map == &rt_list_type.root_map) {
            if (test(is_int(key))) {
                num i = int_of(key);
                num len = ld_list_len(p);

                if (test(in_bounds(i, len))) {
                    stxb_words(ld_list_items(p), i, v);
                    NEXT;
                }
                i = iadd(i, len);
                if (test(in_bounds(i, len))) {
                    stxb_words(ld_list_items(p), i, v);
                    NEXT;
                }
            } else if (test(is_obj(key)) &&
                       promote_map(key) == &rt_slice_type.root_map) {
                val start, stop, step;

                if (plain_slice(ptr_of(key), &start, &stop, &step) &&
                    is_plain_sequence(v)) {
                    CHECK_NUM(c_rt_h_setslice(o, start, stop, step, v));
                    NEXT;
                }
            }
        } else if (is_plain_lookup(map, key)) {
            CHECK_NUM(c_rt_h_setitem_plain(o, key, v));
            NEXT;
        } else {
            method = rt_h_special_function(map->type, RT_ID(setitem));
            if (method) {
                depend_type(map->type);
                PUSH_METHOD3(method, o, key, v, RT_FK_DISCARD);
            }
        }
    }
    CHECK_NUM(c_rt_h_setitem(o, key, v));
    NEXT;
}

OP(DELITEM)
{
    val o = rk(I->a);
    val key = rk(I->b);
    struct rt_map *map = promote_container(o);

    if (map == &rt_list_type.root_map) {
        struct rt_type *key_type = promote_type(key);

        if (key_type == &rt_int_type) {
            CHECK_NUM(c_rt_h_delitem_plain(o, key));
            NEXT;
        }
        if (key_type == &rt_slice_type) {
            val start, stop, step;

            if (plain_slice(ptr_of(key), &start, &stop, &step)) {
                CHECK_NUM(
                    c_rt_h_setslice(o, start, stop, step, konst(RT_NULL)));
                NEXT;
            }
        }
    }
    if (map == &rt_dict_type.root_map && is_plain_lookup(map, key)) {
        CHECK_NUM(c_rt_h_delitem_plain(o, key));
        NEXT;
    }
    CHECK_NUM(c_rt_h_delitem(o, key));
    NEXT;
}

OP(FORMAT)
{
    val v = rk(I->b);
    val spec = rk(I->c);

    if (rt_h_is_plain(promote_type(v)))
        CHECK_TO(I->a, c_rt_h_format_plain(v, spec, num_k(I->x)));
    else
        CHECK_TO(I->a, c_rt_h_format(v, spec, num_k(I->x)));
    NEXT;
}
