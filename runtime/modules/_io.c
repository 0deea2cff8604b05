/* SPDX-License-Identifier: MIT
 * runtime/modules/_io.c: module io (and _io): open(), the classes of file
 * objects, StringIO and BytesIO, UnsupportedOperation.
 */
#include "config.h"

#include "runtime/import.h"
#include "runtime/io/file_parts.h"
#include "runtime/io/iobase.h"
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

static rt_val
io_open_code(rt_val self, rt_val *args)
{
    (void)self;
    return rt_open(args[0], "rb", NULL);
}

static rt_val
io_text_encoding(rt_val self, rt_val *args)
{
    (void)self;
    return rt_is_none(args[0]) ? rt_intern("locale") : args[0];
}

static const struct rt_method functions[] = {
    RT_FUNC("open_code", io_open_code, ANY, "(path)",
            "Opens the provided file with the intent to import the contents."),
    RT_FUNC("text_encoding", io_text_encoding, READS,
            "(encoding, stacklevel=2, /)",
            "A helper function to choose the text encoding."),
    RT_END_METHODS};

static void
add_names(rt_val m, bool underscored)
{
    static const struct {
        const char *name;
        struct rt_type *type;
    } classes[] = {{"TextIOWrapper", &rt_file_type},
                   {"BufferedReader", &rt_io_reader_type},
                   {"BufferedWriter", &rt_io_writer_type},
                   {"BufferedRandom", &rt_io_random_type},
                   {"FileIO", &rt_io_raw_type},
                   {"StringIO", &rt_stringio_type},
                   {"BytesIO", &rt_bytesio_type},
                   {"_IOBase", &rt_iobase_type},
                   {"_RawIOBase", &rt_rawiobase_type},
                   {"_BufferedIOBase", &rt_bufferediobase_type},
                   {"_TextIOBase", &rt_textiobase_type},
                   {"BlockingIOError", &rt_exc_BlockingIOError}};

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        rt_module_add(
            m, classes[i].name + (classes[i].name[0] == '_' && !underscored),
            rt_from_ptr(classes[i].type));
    rt_module_add(m, "UnsupportedOperation", unsupported_operation());
    rt_module_add(m, "DEFAULT_BUFFER_SIZE", rt_from_small(RT_STREAM_BUFFER));
    rt_module_methods(m, functions);
    rt_module_add(m, "open", rt_dict_get_name(rt_builtins, rt_intern("open")));
}

rt_val
rt_module__io_init(void)
{
    rt_val m = rt_module_new(rt_intern("_io"));

    add_names(m, true);
    return m;
}

rt_val
rt_module_io_init(void)
{
    rt_val m = rt_module_new(rt_intern("io"));

    add_names(m, false);
    rt_module_add(m, "SEEK_SET", rt_from_small(0));
    rt_module_add(m, "SEEK_CUR", rt_from_small(1));
    rt_module_add(m, "SEEK_END", rt_from_small(2));
    return m;
}
