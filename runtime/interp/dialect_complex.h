/* SPDX-License-Identifier: MIT
 * runtime/interp/dialect_complex.h: complex numbers in the open: sums,
 * differences, products, equality. They are pairs of floats; of the objects
 * that a trace makes on the way the optimiser leaves none. Included by
 * dialect.h. */

/* The parts of a complex number, a float or a small int; false: neither. */
static inline bool
complex_parts(val v, const struct rt_type *type, flt *re, flt *im)
{
    if (type == &rt_complex_type) {
        ptr z = ptr_of(v);

        *re = ld_complex_real(z);
        *im = ld_complex_imag(z);
        return true;
    }
    *im = flt_k(0.0);
    if (type == &rt_float_type) {
        *re = flt_of(v);
        return true;
    }
    if (type != &rt_int_type || !test(is_int(v)))
        return false;
    *re = i2f(int_of(v));
    return true;
}

static inline val
complex_val(flt re, flt im)
{
    ptr z = new_object(&rt_complex_type.root_map, sizeof(struct rt_complex));

    st_complex_real(z, re);
    st_complex_imag(z, im);
    return ptr_val(z);
}

static inline val
complex_product(flt ar, flt ai, flt br, flt bi)
{
    flt rr = f_mul(ar, br);
    flt ii = f_mul(ai, bi);
    flt ri = f_mul(ar, bi);
    flt ir = f_mul(ai, br);
    flt re = f_sub(rr, ii);

    return complex_val(re, f_add(ri, ir));
}

/* a op b where one of them is complex and the result needs no call. */
static inline bool
complex_arith(enum rt_binop op, val a, const struct rt_type *at, val b,
              const struct rt_type *bt, val *r)
{
    flt ar, ai, br, bi, re;

    if ((op != RT_ADD && op != RT_SUB && op != RT_MUL) ||
        (at != &rt_complex_type && bt != &rt_complex_type) ||
        !complex_parts(a, at, &ar, &ai) || !complex_parts(b, bt, &br, &bi))
        return false;
    switch (op) {
    case RT_ADD:
        re = f_add(ar, br);
        *r = complex_val(re, f_add(ai, bi));
        return true;
    case RT_SUB:
        re = f_sub(ar, br);
        *r = complex_val(re, f_sub(ai, bi));
        return true;
    default:
        *r = complex_product(ar, ai, br, bi);
        return true;
    }
}

/* a == b (a != b) where one of them is complex. */
static inline bool
complex_compare(enum rt_cmp op, val a, const struct rt_type *at, val b,
                const struct rt_type *bt, cond *c)
{
    flt ar, ai, br, bi;

    if ((op != RT_EQ && op != RT_NE) ||
        (at != &rt_complex_type && bt != &rt_complex_type) ||
        !complex_parts(a, at, &ar, &ai) || !complex_parts(b, bt, &br, &bi))
        return false;
    if (test(fcmp(RT_EQ, ar, br)))
        *c = fcmp(op, ai, bi);
    else
        *c = cond_k(op == RT_NE);
    return true;
}

/* The object is a complex number exactly. */
static inline bool
is_complex(val v)
{
    return has_own_map(v) && promote_map(v) == &rt_complex_type.root_map;
}
