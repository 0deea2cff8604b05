/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_classes.h: calls of builtin classes that both
 * interpreters open-code, by their number in inlined.def. A range is made in
 * the open so that a loop over it needs no object in a trace. What is not there
 * goes to the class by a C call, of a weak effect where the argument is a
 * builtin that runs no Python code. Included by handlers_call.h at a place
 * where [type] is the class and the arguments are R[call_first ..]. */

switch (type->inlined) {
case RT_INLINE_BOOL:
    if (call_n == 1) {
        val v = reg(call_first);
        bool slow = false;
        cond truth = truth_of(v, &slow);

        if (slow)
            CHECK_NUM_TO_BOOL(I->a, c_rt_h_truth(v), 0);
        else
            set_reg(I->a, bool_val(truth));
        NEXT;
    }
    break;
case RT_INLINE_INT:
    if (call_n == 1) {
        val v = reg(call_first);

        if (small_int(v)) {
            set_reg(I->a, v);
            NEXT;
        }
        if (wide_int(v)) {
            set_reg(I->a, v);
            NEXT;
        }
        if (test(is_flt(v))) {
            flt f = flt_of(v);

            if (test(fcmp(RT_LT, f_abs(f), flt_k((double)NB_INT_MAX)))) {
                set_reg(I->a, int_val(f2i(f)));
                NEXT;
            }
        } else if (test(is_obj(v)) &&
                   promote_map(v) == &rt_bool_type.root_map) {
            if (test(same(v, konst(rt_True))))
                set_reg(I->a, int_val(num_k(1)));
            else
                set_reg(I->a, int_val(num_k(0)));
            NEXT;
        }
    }
    break;
case RT_INLINE_FLOAT:
    if (call_n == 1) {
        val v = reg(call_first);

        if (test(is_flt(v))) {
            set_reg(I->a, v);
            NEXT;
        }
        if (test(is_int(v))) {
            set_reg(I->a, flt_val(i2f(int_of(v))));
            NEXT;
        }
    }
    break;
case RT_INLINE_COMPLEX:
    if (call_n == 2) {
        val v = reg(call_first);
        val w = reg(call_first + 1);
        struct rt_type *vt = promote_type(v);
        struct rt_type *wt = promote_type(w);
        flt re, im, zero;

        if (vt != &rt_complex_type && wt != &rt_complex_type &&
            complex_parts(v, vt, &re, &zero) &&
            complex_parts(w, wt, &im, &zero)) {
            set_reg(I->a, complex_val(re, im));
            NEXT;
        }
    }
    break;
case RT_INLINE_STR:
    if (call_n == 1) {
        val v = reg(call_first);

        if (test(is_obj(v)) && promote_map(v) == &rt_str_type.root_map) {
            set_reg(I->a, v);
            NEXT;
        }
    }
    break;
case RT_INLINE_RANGE:
    if (call_n >= 1 && call_n <= 3) {
        int i = 0;
        num first = num_k(0), stop, by = num_k(1), count = num_k(0);
        bool up;

        while (i < call_n && test(is_int(reg(call_first + i))))
            i++;
        if (i < call_n)
            break;
        if (call_n > 1)
            first = int_of(reg(call_first));
        stop = int_of(reg(call_first + (call_n > 1)));
        if (call_n == 3)
            by = int_of(reg(call_first + 2));
        up = test(icmp(RT_GT, by, num_k(0)));
        if (up || test(icmp(RT_LT, by, num_k(0)))) {
            num span = up ? isub(stop, first) : isub(first, stop);

            if (test(icmp(RT_GT, span, num_k(0)))) {
                count = isub(span, num_k(1));
                if (call_n == 3)
                    count = ifloordiv(count, up ? by : ineg(by));
                count = iadd(count, num_k(1));
            }
            if (test(fits(count))) {
                ptr range = new_object(&rt_range_type.root_map,
                                       sizeof(struct rt_range));

                st_range_start(range, int_val(first));
                st_range_stop(range, int_val(stop));
                st_range_step(range, int_val(by));
                st_range_length(range, int_val(count));
                st_range_first(range, first);
                st_range_by(range, by);
                st_range_count(range, count);
                set_reg(I->a, ptr_val(range));
                NEXT;
            }
        }
    }
    break;
default:
    break;
}
if (call_n == 2 && (type == &rt_zip_type || type == &rt_enumerate_type)) {
    val v = reg(call_first);
    val w = reg(call_first + 1);
    struct rt_type *first = promote_type(v);

    if (rt_h_plain_class2(type, first, promote_type(w))) {
        CHECK_TO(I->a, c_rt_h_make_plain2(callee, v, w));
        NEXT;
    }
}
if (!(type->flags & RT_TYPE_HEAP) && call_n <= 1) {
    val v = call_n ? reg(call_first) : konst(RT_NULL);

    if (rt_h_plain_class(type, call_n ? promote_type(v) : NULL)) {
        CHECK_TO(I->a, c_rt_h_make_plain(callee, v));
        NEXT;
    }
}
