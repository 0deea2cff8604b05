/* SPDX-License-Identifier: MIT
 * runtime/modules/_io.c: module io (and _io): open(), the classes of file
 * objects, StringIO and BytesIO, UnsupportedOperation.
 */
#include "config.h"

#include "runtime/import.h"
#include "runtime/io/file.h"
#include "runtime/modules/builtins.h"
#include "runtime/runtime.h"

static rt_val
unsupported_operation(void)
{
    static rt_val type;
    rt_val ns;

    if (type.bits)
        return type;
    ns = rt_dict_new();
    rt_dict_set_name(ns, "__module__", rt_intern("io"));
    type = rt_type_new(&rt_type_type, rt_intern("UnsupportedOperation"),
                       rt_tuple_pack(2, rt_from_ptr(&rt_exc_OSError),
                                     rt_from_ptr(&rt_exc_ValueError)),
                       ns, RT_NULL);
    rt_gc_root(&type);
    return type;
}

rt_val
rt_raise_unsupported(const char *what)
{
    rt_val type = unsupported_operation(), exc;

    if (rt_is_null(type))
        return type;
    exc = rt_call1(type, rt_str_new(what, -1));
    return rt_is_null(exc) ? exc : rt_raise_object(exc);
}
