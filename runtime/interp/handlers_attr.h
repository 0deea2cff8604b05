/* SPDX-License-Identifier: MIT
 * runtime/interp/handlers_attr.h: attributes. The inline cache (attr_ic.c)
 * says, for a map, where an attribute is; in a trace map and cache are
 * constants, and the type's watch protects what the cache found. Included by
 * loop.h in both interpreters. */

OP(LOAD_ATTR)
{
    val o = rk(I->b);

    if (test(is_obj(o))) {
        struct rt_map *map = promote_map(o);
        struct rt_ic *ic = attr_ic(IC(), map, kend[I->c], o);

        if (map == &rt_complex_type.root_map) {
            if (rt_same(kend[I->c], RT_ID(real))) {
                set_reg(I->a, flt_val(ld_complex_real(ptr_of(o))));
                NEXT;
            }
            if (rt_same(kend[I->c], RT_ID(imag))) {
                set_reg(I->a, flt_val(ld_complex_imag(ptr_of(o))));
                NEXT;
            }
        }
        switch (ic->what) {
        case RT_IC_SLOT:
            depend_type(map->type);
            set_reg(I->a, ld_slot(ptr_of(o), ic->offset));
            NEXT;
        case RT_IC_MEMBER: {
            val v = ld_slot(ptr_of(o), ic->offset);

            depend_type(map->type);
            if (test(same(v, konst(RT_NULL))))
                break;
            set_reg(I->a, v);
            NEXT;
        }
        case RT_IC_MORE: {
            val more = ld_slot(ptr_of(o), map->type->slots_offset - 8);

            depend_type(map->type);
            set_reg(I->a, ldx_words(ptr_of(more), num_k(ic->offset)));
            NEXT;
        }
        case RT_IC_VALUE:
            depend_type(map->type);
            set_reg(I->a, konst(ic->value));
            NEXT;
        case RT_IC_DATA:
            depend_type(map->type);
            set_reg(I->a, class_data(map->type, kend[I->c], ic->value));
            NEXT;
        case RT_IC_METHOD: {
            ptr m;

            if (rt_is_exact(ic->value, &rt_method_descriptor_type)) {
                struct rt_builtin *f = rt_ptr(ic->value);

                depend_type(map->type);
                m = new_object(&rt_builtin_type.root_map, sizeof *f);
                st_builtin_def(m, ptr_k(f->def));
                st_builtin_sig(m, ptr_k(rt_builtin_signature(f)));
                st_builtin_self(m, o);
                st_builtin_module(m, konst(RT_NULL));
                st_builtin_owner(m, ptr_k(f->owner));
                set_reg(I->a, ptr_val(m));
                NEXT;
            }
            if (!rt_is_exact(ic->value, &rt_function_type))
                break;
            depend_type(map->type);
            m = new_object(&rt_method_type.root_map, sizeof(struct rt_bound));
            st_bound_func(m, konst(ic->value));
            st_bound_self(m, o);
            set_reg(I->a, ptr_val(m));
            NEXT;
        }
        case RT_IC_PROPERTY:
            depend_type(map->type);
            PUSH_METHOD1(rt_function_of(ic->value), o, RT_FK_NORMAL);
            break;
        case RT_IC_MODULE:
            promote(o);
            {
                val v = read_gcell(ic->cell);

                if (test(same(v, konst(RT_NULL))))
                    break;
                set_reg(I->a, v);
            }
            NEXT;
        case RT_IC_CLASS:
            depend_type(rt_ptr(promote(o)));
            set_reg(I->a, konst(ic->value));
            NEXT;
        case RT_IC_CLASS_DATA: {
            struct rt_type *type = rt_ptr(promote(o));

            depend_type(type);
            set_reg(I->a, class_data(type, kend[I->c], ic->value));
            NEXT;
        }
        default:
            break;
        }
    }
    CHECK_TO(I->a, c_rt_getattr(o, konst(kend[I->c])));
    NEXT;
}

OP(LOAD_METHOD)
{
    val o = rk(I->b);
    struct rt_map *map = promote_any_map(o);

    if (map) {
        struct rt_ic *ic;

        if (map == &rt_super_type.root_map) {
            ptr s = ptr_of(o);
            struct rt_type *after = promote_ptr(ld_super_type(s));
            struct rt_type *type = promote_ptr(ld_super_obj_type(s));
            rt_val f = rt_super_method(after, type, kend[I->c]);

            if (!rt_is_null(f)) {
                val self = ld_super_obj(s);

                /* of a class the method is not bound */
                if (!test(same(self, konst(rt_from_ptr(type))))) {
                    depend_type(type);
                    set_reg(I->a + FE_ARGS, self);
                    set_reg(I->a, konst(f));
                    NEXT;
                }
            }
        }
        ic = attr_ic(IC(), map, kend[I->c], o);
        switch (ic->what) {
        case RT_IC_METHOD:
            depend_type(map->type);
            set_reg(I->a + FE_ARGS, o);
            set_reg(I->a, konst(ic->value));
            NEXT;
        case RT_IC_VALUE:
            depend_type(map->type);
            set_reg(I->a, konst(ic->value));
            set_reg(I->a + FE_ARGS, konst(RT_NULL));
            NEXT;
        case RT_IC_DATA:
            depend_type(map->type);
            set_reg(I->a, class_data(map->type, kend[I->c], ic->value));
            set_reg(I->a + FE_ARGS, konst(RT_NULL));
            NEXT;
        case RT_IC_SLOT:
            depend_type(map->type);
            set_reg(I->a, ld_slot(ptr_of(o), ic->offset));
            set_reg(I->a + FE_ARGS, konst(RT_NULL));
            NEXT;
        case RT_IC_MODULE:
            promote(o);
            {
                val v = read_gcell(ic->cell);

                if (test(same(v, konst(RT_NULL))))
                    break;
                set_reg(I->a, v);
            }
            set_reg(I->a + FE_ARGS, konst(RT_NULL));
            NEXT;
        case RT_IC_CLASS:
            depend_type(rt_ptr(promote(o)));
            set_reg(I->a, konst(ic->value));
            set_reg(I->a + FE_ARGS, konst(RT_NULL));
            NEXT;
        case RT_IC_CLASS_DATA: {
            struct rt_type *type = rt_ptr(promote(o));

            depend_type(type);
            set_reg(I->a, class_data(type, kend[I->c], ic->value));
            set_reg(I->a + FE_ARGS, konst(RT_NULL));
            NEXT;
        }
        default:
            break;
        }
    }
    {
        val f = c_rt_getattr(o, konst(kend[I->c]));

        CHECK(f);
        set_reg(I->a, f);
        set_reg(I->a + FE_ARGS, konst(RT_NULL));
    }
    NEXT;
}

OP(STORE_ATTR)
{
    val o = rk(I->a);
    val v = rk(I->b);

    if (test(is_obj(o))) {
        struct rt_map *map = promote_map(o);
        struct rt_ic *ic = store_ic(IC(), map, kend[I->c]);

        switch (ic->what) {
        case RT_IC_SLOT:
        case RT_IC_MEMBER:
            depend_type(map->type);
            st_slot(ptr_of(o), ic->offset, v);
            NEXT;
        case RT_IC_MORE: {
            val more = ld_slot(ptr_of(o), map->type->slots_offset - 8);

            depend_type(map->type);
            stxb_words(ptr_of(more), num_k(ic->offset), v);
            NEXT;
        }
        case RT_IC_ADD:
            depend_type(map->type);
            st_slot(ptr_of(o), ic->offset, v);
            stb_obj_map(ptr_of(o), ptr_k(rt_ptr(ic->value)));
            MAP_BARRIER(ptr_of(o));
            NEXT;
        case RT_IC_PROPERTY:
            depend_type(map->type);
            PUSH_METHOD2(rt_function_of(ic->value), o, v, RT_FK_DISCARD);
            break;
        default:
            break;
        }
    }
    CHECK_NUM(c_rt_h_setattr(o, konst(kend[I->c]), v));
    NEXT;
}

OP(DEL_ATTR)
{
    CHECK_NUM(c_rt_h_setattr(rk(I->a), konst(kend[I->c]), konst(RT_NULL)));
    NEXT;
}

OP(LOAD_SPECIAL)
{
    val o = rk(I->b);
    struct rt_type *type = promote_type(o);
    rt_val f = rt_type_lookup(type, kend[I->c]);

    depend_type(type);
    if (!rt_is_null(f) && rt_has_flag(f, RT_TYPE_METHOD)) {
        set_reg(I->a + FE_ARGS, o);
        set_reg(I->a, konst(f));
        NEXT;
    }
    o = c_rt_h_load_special(o, konst(kend[I->c]), num_k(I->x));
    CHECK(o);
    set_reg(I->a, o);
    set_reg(I->a + FE_ARGS, konst(RT_NULL));
    NEXT;
}
