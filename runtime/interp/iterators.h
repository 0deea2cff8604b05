/* SPDX-License-Identifier: MIT
 * runtime/interp/iterators.h: steps of builtin iterators over lists, tuples and
 * small ranges, in the dialect, for FOR_ITER: on their own, and as what
 * enumerate and zip run over. A step is taken in two parts, so that all guards
 * come before the first effect: peek() finds the item, advance() writes. At an
 * iterator's end peek() fails; the C function does what is then to be done.
 * Included once by each interpreter, by dialect.h. */

struct peeked {
    val item;
    ptr it;
    num next; /* index */
    bool range;
};

static inline bool
peek_range(ptr it, struct peeked *p)
{
    num i, x;

    if (!test(same(ld_riter_start(it), konst(RT_NULL))))
        return false;
    i = ld_riter_index(it);
    if (!test(icmp(RT_LT, i, ld_riter_count(it))))
        return false;
    x = imul(i, ld_riter_by(it));
    x = iadd(x, ld_riter_first(it));
    if (!test(fits(x)))
        return false;
    p->item = int_val(x);
    p->next = iadd(i, num_k(1));
    return true;
}

static inline bool
peek_list(ptr it, const struct rt_map *map, struct peeked *p)
{
    bool tuple = map == &rt_tuple_iter_type.root_map;
    val seq = ld_liter_seq(it);
    ptr s;
    num i, len;

    if (test(same(seq, konst(RT_NULL))))
        return false;
    s = ptr_of(seq);
    i = ld_liter_index(it);
    len = tuple ? ld_tuple_len(s) : ld_list_len(s);
    if (!test(in_bounds(i, len)))
        return false;
    p->item = tuple ? ldx_tuple_items(s, i) : ldx_words(ld_list_items(s), i);
    p->next = iadd(i, num_k(map == &rt_list_reviter_type.root_map ? -1 : 1));
    return true;
}

static inline bool
peek(val iterator, struct peeked *p)
{
    struct rt_map *map = promote_container(iterator);

    p->range = map == &rt_range_iter_type.root_map;
    if (p->range) {
        p->it = ptr_of(iterator);
        return peek_range(p->it, p);
    }
    if (map != &rt_list_iter_type.root_map &&
        map != &rt_tuple_iter_type.root_map &&
        map != &rt_list_reviter_type.root_map)
        return false;
    p->it = ptr_of(iterator);
    return peek_list(p->it, map, p);
}

static inline void
advance(const struct peeked *p)
{
    if (p->range)
        st_riter_index(p->it, p->next);
    else
        st_liter_index(p->it, p->next);
}

static inline val
tuple_of_peeked(const struct peeked *p, int n)
{
    ptr t = new_object(&rt_tuple_type.root_map,
                       sizeof(struct rt_tuple) + 8 * (size_t)n);
    int i;

    st_tuple_len(t, num_k(n));
    for (i = 0; i < n; i++)
        stx_tuple_items(t, num_k(i), p[i].item);
    return ptr_val(t);
}

/* Items of an exact enumerate, zip or plain iterator, which then is a step
 * further; false: the C function must be called. */
static inline bool
step(val iterator, const struct rt_map *map, val *item)
{
    enum { MAX_ZIP = 4 };
    struct peeked p[MAX_ZIP];

    if (map == &rt_enumerate_type.root_map) {
        ptr e = ptr_of(iterator);
        num count;

        p[0].item = ld_enum_count(e);
        if (!test(is_int(p[0].item)) || !peek(ld_enum_iterator(e), &p[1]))
            return false;
        count = iadd(int_of(p[0].item), num_k(1));
        if (!test(fits(count)))
            return false;
        *item = tuple_of_peeked(p, 2);
        st_enum_count(e, int_val(count));
        advance(&p[1]);
        return true;
    }
    if (map == &rt_zip_type.root_map) {
        ptr its = ptr_of(ld_zip_iterators(ptr_of(iterator)));
        int64_t n = promote_num(ld_tuple_len(its));
        val it[MAX_ZIP];
        int i, j;

        if (n < 1 || n > MAX_ZIP)
            return false;
        for (i = 0; i < n; i++) {
            it[i] = ldx_tuple_items(its, num_k(i));
            for (j = 0; j < i; j++)
                if (test(same(it[i], it[j]))) /* zip(it, it) */
                    return false;
            if (!peek(it[i], &p[i]))
                return false;
        }
        *item = tuple_of_peeked(p, (int)n);
        for (i = 0; i < n; i++)
            advance(&p[i]);
        return true;
    }
    if (!peek(iterator, &p[0]))
        return false;
    *item = p[0].item;
    advance(&p[0]);
    return true;
}
