/* SPDX-License-Identifier: MIT
 * runtime/init.c: brings the runtime up, in the order of dependence: collector,
 * thread state, interned names, types, exceptions, builtins and sys. Other
 * modules are made when they are imported (import.c).
 */
#include "config.h"

#include "runtime/init.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include "runtime/interp/bodies.h"
#include "runtime/modules/builtins.h"
#include "runtime/options.h"
#include "runtime/type.h"

enum {
    VALUE_STACK_BYTES = 1 << 29, /* reserved, not used */
    C_STACK_MOST = 64 << 20,
    C_STACK_MARGIN = 256 << 10, /* left for C code that does not check */
    RECURSION_LIMIT = 1000
};

static struct rt_thread main_thread;
struct rt_thread *rt_ts;
rt_val rt_builtins;

static struct rt_type *const types[] = {
#define TYPE(id) &rt_##id##_type,
#include "runtime/types.def"
#undef TYPE
};

/* -- thread state -- */

static uint64_t
c_stack_size(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_STACK, &limit) < 0 ||
        limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > C_STACK_MOST)
        return C_STACK_MOST;
    return limit.rlim_cur;
}

/* A part of the address space where that is limited. */
static uint64_t
value_stack_size(void)
{
    uint64_t size = VALUE_STACK_BYTES;
    struct rlimit limit;

    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        while (size > limit.rlim_cur / 8)
            size >>= 1;
    return size;
}

static void
init_thread(struct rt_thread *ts, void *stack_base)
{
    uint64_t bytes = value_stack_size();
    void *stack = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    uint64_t size = c_stack_size();

    if (stack == MAP_FAILED)
        nac_die(__FILE__, __LINE__, "no address space for the value stack");
    ts->stack = stack;
    ts->stack_end = ts->stack + bytes / sizeof(rt_val);
    ts->exc = RT_NULL;
    ts->handled = rt_None;
    ts->recursion_limit = RECURSION_LIMIT;
    ts->c_stack_limit = (char *)stack_base - size + C_STACK_MARGIN;
    ts->asyncgen_hooks[0] = ts->asyncgen_hooks[1] = RT_NULL;
    ts->trace_func = ts->profile_func = RT_NULL;
}

/* -- builtins -- */

static void
add_types(rt_val module)
{
    static struct rt_type *const public[] = {
        &rt_object_type,       &rt_type_type,     &rt_int_type,
        &rt_bool_type,         &rt_float_type,    &rt_complex_type,
        &rt_str_type,          &rt_bytes_type,    &rt_bytearray_type,
        &rt_memoryview_type,   &rt_tuple_type,    &rt_list_type,
        &rt_dict_type,         &rt_set_type,      &rt_frozenset_type,
        &rt_slice_type,        &rt_range_type,    &rt_enumerate_type,
        &rt_zip_type,          &rt_map_iter_type, &rt_filter_type,
        &rt_reversed_type,     &rt_property_type, &rt_classmethod_type,
        &rt_staticmethod_type, &rt_super_type,
    };

    for (size_t i = 0; i < sizeof public / sizeof *public; i++)
        rt_module_add(module, public[i] -> cname, rt_from_ptr(public[i]));
#define EXC(id, base, kind, doc)                                               \
    rt_module_add(module, #id, rt_from_ptr(&rt_exc_##id));
#include "runtime/exceptions.def"
#undef EXC
    rt_module_add(module, "EnvironmentError", rt_from_ptr(&rt_exc_OSError));
    rt_module_add(module, "IOError", rt_from_ptr(&rt_exc_OSError));
}

static rt_val
init_builtins(void)
{
    rt_val module = rt_module_new(rt_intern("builtins"));

    rt_builtins = rt_module_of(module)->dict;
    rt_gc_root(&rt_builtins);
    rt_module_add(module, "__doc__",
                  rt_str_new("Built-in functions, types, exceptions, and other "
                             "objects.\n\nThis module provides direct access "
                             "to all 'built-in'\nidentifiers of Python; for "
                             "example, builtins.len is\nthe full name for the "
                             "built-in function len().",
                             -1));
    rt_module_add(module, "None", rt_None);
    rt_module_add(module, "True", rt_True);
    rt_module_add(module, "False", rt_False);
    rt_module_add(module, "Ellipsis", rt_Ellipsis);
    rt_module_add(module, "NotImplemented", rt_NotImplemented);
    rt_module_add(module, "__debug__", rt_from_bool(!rt_options.optimize));
    add_types(module);
    rt_builtins_add_functions(module);
    return module;
}

void
rt_init(void *stack_base)
{
    rt_val builtins;

    rt_gc_init(stack_base);
    rt_ts = &main_thread;
    init_thread(rt_ts, stack_base);
    rt_names_init();
    rt_type_init_cache();
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (rt_type_ready(types[i]) < 0)
            nac_die(__FILE__, __LINE__, "type %s", types[i]->cname);
    rt_exceptions_init();
    builtins = init_builtins();
    rt_bodies_init(rt_module_of(builtins)->dict);
    rt_sys_init();
    rt_dict_set_name(rt_sys_get("modules"), "builtins", builtins);
    rt_module_builtin_spec(builtins);
    rt_signals_init();
    rt_at_finish(rt_gc_finish);
}
