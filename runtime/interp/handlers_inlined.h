/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_inlined.h: builtin functions that both interpreters
 * open-code, by their number in inlined.def. Each case either stores the result
 * and goes on, or breaks off to the ordinary call. Included by handlers_call.h
 * at a place where [f] is the builtin, [call_aux] its self, and the
 * [call_nargs] arguments are R[call_arg ..]. */

switch (id) {
case RT_INLINE_LEN:
    if (call_nargs == 1) {
        val v = reg(call_arg);

        if (test(is_obj(v))) {
            struct rt_map *m = promote_map(v);
            ptr o = ptr_of(v);

            if (m == &rt_list_type.root_map) {
                set_reg(I->a, int_val(ld_list_len(o)));
                NEXT;
            }
            if (m == &rt_tuple_type.root_map) {
                set_reg(I->a, int_val(ld_tuple_len(o)));
                NEXT;
            }
            if (m == &rt_str_type.root_map) {
                set_reg(I->a, int_val(ld_str_len(o)));
                NEXT;
            }
            if (m == &rt_dict_type.root_map) {
                set_reg(I->a, int_val(ld_dict_used(o)));
                NEXT;
            }
            if (m == &rt_set_type.root_map) {
                set_reg(I->a, int_val(ld_set_used(o)));
                NEXT;
            }
            if (m == &rt_bytes_type.root_map) {
                set_reg(I->a, int_val(ld_bytes_len(o)));
                NEXT;
            }
        }
    }
    break;
case RT_INLINE_LIST_APPEND:
    if (call_nargs == 1) {
        val list = call_aux;

        if (test(is_obj(list))) {
            if (promote_map(list) == &rt_list_type.root_map) {
                ptr l = ptr_of(list);
                num len = ld_list_len(l);
                ptr items = ld_list_items(l);

                if (test(icmp(RT_LT, len, ld_words_count(items)))) {
                    stxb_words(items, len, reg(call_arg));
                    st_list_len(l, iadd(len, num_k(1)));
                    set_reg(I->a, konst(rt_None));
                    NEXT;
                }
            }
        }
    }
    break;
/* Generators go on in a frame, which YIELD leaves to the call. */
case RT_INLINE_NEXT:
    if (call_nargs == 1) {
        val gen = reg(call_arg);

        if (test(is_obj(gen))) {
            if (promote_map(gen) == &rt_generator_type.root_map) {
                num state = ld_gen_state(ptr_of(gen));

                if (test(icmp(RT_EQ, state, num_k(RT_GEN_SUSPENDED)))) {
                    RESUME_GENERATOR(gen, konst(rt_None));
                }
                if (test(icmp(RT_EQ, state, num_k(RT_GEN_CREATED)))) {
                    RESUME_GENERATOR(gen, konst(rt_None));
                }
            }
        }
    }
    break;
case RT_INLINE_SEND:
    if (call_nargs == 1) {
        val gen = call_aux;
        num state = ld_gen_state(ptr_of(gen));

        if (test(icmp(RT_EQ, state, num_k(RT_GEN_SUSPENDED)))) {
            RESUME_GENERATOR(gen, reg(call_arg));
        }
    }
    break;
case RT_INLINE_ABS:
    if (call_nargs == 1) {
        val v = reg(call_arg);

        if (test(is_flt(v))) {
            set_reg(I->a, flt_val(f_abs(flt_of(v))));
            NEXT;
        }
        if (small_int(v)) {
            num n = int_of(v);

            if (test(icmp(RT_GE, n, num_k(0)))) {
                set_reg(I->a, v);
                NEXT;
            }
            n = ineg(n);
            if (small_result(n)) {
                set_reg(I->a, int_val(n));
                NEXT;
            }
        }
        if (wide_int(v)) {
            num n = wide_of(v);

            if (test(icmp(RT_GE, n, num_k(0)))) {
                set_reg(I->a, v);
                NEXT;
            }
            if (test(icmp(RT_NE, n, num_k(INT64_MIN)))) {
                set_reg(I->a, wide_val(ineg(n)));
                NEXT;
            }
        } else if (is_complex(v)) {
            ptr z = ptr_of(v);
            flt re = ld_complex_real(z);
            flt size = c_rt_h_hypot(re, ld_complex_imag(z));

            /* else it overflowed, or is no error after all */
            if (test(fcmp(RT_LE, size, flt_k(DBL_MAX)))) {
                set_reg(I->a, flt_val(size));
                NEXT;
            }
        }
    }
    break;
case RT_INLINE_MIN:
case RT_INLINE_MAX:
    if (call_nargs >= 2 && call_nargs <= 6) {
        enum rt_cmp op = id == RT_INLINE_MIN ? RT_LT : RT_GT;
        val best = reg(call_arg);
        bool slow = false;
        int i;

        for (i = 1; i < call_nargs && !slow; i++) {
            val v = reg(call_arg + i);
            cond better = compare_fast(op, v, best, &slow);

            if (!slow && test(better))
                best = v;
        }
        if (!slow) {
            set_reg(I->a, best);
            NEXT;
        }
    }
    break;
case RT_INLINE_ISINSTANCE:
    if (call_nargs == 2) {
        struct rt_type *type = promote_type(reg(call_arg));
        rt_val cls = promote(reg(call_arg + 1));
        int known = rt_h_isinstance_known(type, cls);

        if (known >= 0) {
            set_reg(I->a, konst(rt_from_bool(known)));
            NEXT;
        }
    }
    break;
case RT_INLINE_SQRT:
    if (call_nargs == 1) {
        val v = reg(call_arg);

        if (test(is_flt(v))) {
            if (test(fcmp(RT_GE, flt_of(v), flt_k(0.0)))) {
                set_reg(I->a, flt_val(f_sqrt(flt_of(v))));
                NEXT;
            }
        } else if (test(is_int(v))) {
            if (test(icmp(RT_GE, int_of(v), num_k(0)))) {
                set_reg(I->a, flt_val(f_sqrt(i2f(int_of(v)))));
                NEXT;
            }
        }
    }
    break;
case RT_INLINE_CHR:
    if (call_nargs == 1) {
        val v = reg(call_arg);

        if (test(is_int(v))) {
            if (test(in_bounds(int_of(v), num_k(256)))) {
                set_reg(I->a, c_rt_h_chr(int_of(v)));
                NEXT;
            }
        }
    }
    break;
case RT_INLINE_ORD:
    if (call_nargs == 1) {
        val v = reg(call_arg);

        if (test(is_obj(v))) {
            if (promote_map(v) == &rt_str_type.root_map) {
                if (test(icmp(RT_EQ, ld_str_len(ptr_of(v)), num_k(1)))) {
                    set_reg(I->a, int_val(c_rt_h_ord(v)));
                    NEXT;
                }
            }
        }
    }
    break;
default:
    break;
}
