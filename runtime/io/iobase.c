/* SPDX-License-Identifier: MIT
 * runtime/io/iobase.c: IOBase, RawIOBase, BufferedIOBase and TextIOBase: what
 * a class that defines read(), readinto() or write() gets for free.
 */
#include "config.h"

#include "runtime/io/iobase.h"

#include "runtime/io/file_parts.h"
#include "runtime/modules/builtins.h"
#include "runtime/objects/text.h"

int
rt_iobase_check(rt_val v)
{
    rt_val closed = rt_getattr(v, rt_intern("closed"));
    int truth = rt_is_null(closed) ? -1 : rt_truth(closed);

    if (truth > 0)
        rt_raise(&rt_exc_ValueError, "I/O operation on closed file.");
    return truth ? -1 : 0;
}

static rt_val
call(rt_val v, const char *method, uint32_t nargs, rt_val arg)
{
    return rt_call_method(v, rt_intern(method), nargs, &arg);
}

static rt_val
base_close(rt_val self, rt_val *args)
{
    struct rt_iobase *b = rt_ptr(self);
    rt_val r;

    (void)args;
    if (b->closed)
        return rt_None;
    r = call(self, "flush", 0, RT_NULL);
    b->closed = 1;
    return rt_is_null(r) ? r : rt_None;
}

static rt_val
base_flush(rt_val self, rt_val *args)
{
    (void)args;
    return rt_iobase_check(self) < 0 ? RT_NULL : rt_None;
}

static rt_val
base_false(rt_val self, rt_val *args)
{
    (void)args;
    return rt_iobase_check(self) < 0 ? RT_NULL : rt_False;
}

#define UNSUPPORTED(function, name)                                            \
    static rt_val function(rt_val self, rt_val *args)                          \
    {                                                                          \
        (void)self, (void)args;                                                \
        return rt_raise_unsupported(name);                                     \
    }
UNSUPPORTED(base_fileno, "fileno")
UNSUPPORTED(base_seek, "seek")
UNSUPPORTED(base_truncate, "truncate")
UNSUPPORTED(base_read, "read")
UNSUPPORTED(base_write, "write")
UNSUPPORTED(base_detach, "detach")
UNSUPPORTED(text_readline, "readline")

static rt_val
base_tell(rt_val self, rt_val *args)
{
    rt_val a[2] = {rt_from_small(0), rt_from_small(1)};

    (void)args;
    return rt_call_method(self, rt_intern("seek"), 2, a);
}

static rt_val
base_enter(rt_val self, rt_val *args)
{
    (void)args;
    return rt_iobase_check(self) < 0 ? RT_NULL : self;
}

static rt_val
base_exit(rt_val self, rt_val *args)
{
    (void)args;
    return call(self, "close", 0, RT_NULL);
}

static rt_val
base_iter(rt_val self)
{
    return rt_iobase_check(self) < 0 ? RT_NULL : self;
}

static rt_val
base_next(rt_val self)
{
    rt_val line = call(self, "readline", 0, RT_NULL);
    int64_t len = rt_is_null(line) ? -1 : rt_len(line);

    return len > 0 ? line : RT_NULL;
}

static rt_val
base_readline(rt_val self, rt_val *args)
{
    rt_val line = rt_bytearray_new(NULL, 0);
    int64_t limit = -1, len, have = 0;
    const char *data;

    if (rt_file_size_arg(args[0], &limit) < 0)
        return RT_NULL;
    while (limit < 0 || have < limit) {
        rt_val b = call(self, "read", 1, rt_from_small(1));

        if (rt_is_null(b))
            return b;
        if (!rt_is_bytes(b))
            return rt_raise(&rt_exc_OSError,
                            "read() should have returned a bytes object, not "
                            "'%T'",
                            b);
        if (rt_bytes_view(b, &data, &len) < 0 || len == 0)
            break;
        if (rt_bytearray_resize(line, have + len) < 0)
            return RT_NULL;
        memcpy(rt_bytearray_data(line) + have, data, (size_t)len);
        have += len;
        if (data[len - 1] == '\n')
            break;
    }
    return rt_bytes_new(rt_bytearray_data(line), have);
}

static rt_val
base_readlines(rt_val self, rt_val *args)
{
    rt_val list = rt_list_new(NULL, 0), it = rt_iter(self), line;
    int64_t hint = -1, total = 0;

    if (rt_is_null(it) || rt_file_size_arg(args[0], &hint) < 0)
        return RT_NULL;
    while (line = rt_next(it), !rt_is_null(line)) {
        if (rt_list_append(list, line) < 0)
            return RT_NULL;
        total += rt_len(line);
        if (hint > 0 && total >= hint)
            break;
    }
    return rt_raised() ? RT_NULL : list;
}

static rt_val
base_writelines(rt_val self, rt_val *args)
{
    rt_val it, line;

    if (rt_iobase_check(self) < 0)
        return RT_NULL;
    it = rt_iter(args[0]);
    if (rt_is_null(it))
        return it;
    while (line = rt_next(it), !rt_is_null(line))
        if (rt_is_null(call(self, "write", 1, line)))
            return RT_NULL;
    return rt_raised() ? RT_NULL : rt_None;
}

static rt_val
get_closed(rt_val self)
{
    return rt_from_bool(((struct rt_iobase *)rt_ptr(self))->closed);
}

static rt_val
get_none(rt_val self)
{
    (void)self;
    return rt_None;
}

/* -- RawIOBase -- */

static rt_val
raw_readall(rt_val self, rt_val *args)
{
    rt_val all = rt_bytearray_new(NULL, 0);
    int64_t have = 0, len;
    const char *data;

    (void)args;
    for (;;) {
        rt_val b = call(self, "read", 1, rt_from_small(8192));

        if (rt_is_null(b) || (rt_is_none(b) && have == 0))
            return b;
        if (rt_is_none(b))
            break;
        if (rt_bytes_view(b, &data, &len) < 0 ||
            rt_bytearray_resize(all, have + len) < 0)
            return RT_NULL;
        if (len == 0)
            break;
        memcpy(rt_bytearray_data(all) + have, data, (size_t)len);
        have += len;
    }
    return rt_bytes_new(rt_bytearray_data(all), have);
}

static rt_val
raw_read(rt_val self, rt_val *args)
{
    int64_t want = -1, got;
    rt_val b, n;

    if (rt_file_size_arg(args[0], &want) < 0)
        return RT_NULL;
    if (want < 0)
        return call(self, "readall", 0, RT_NULL);
    b = rt_bytearray_new(NULL, want);
    if (rt_is_null(b))
        return b;
    memset(rt_bytearray_data(b), 0, (size_t)want);
    n = call(self, "readinto", 1, b);
    if (rt_is_null(n) || rt_is_none(n))
        return n;
    if (rt_index_i64(n, &got, &rt_exc_ValueError) < 0)
        return RT_NULL;
    if (got < 0 || got > want)
        return rt_raise(&rt_exc_ValueError,
                        "readinto returned %lld outside buffer size %lld",
                        (long long)got, (long long)want);
    return rt_bytes_new(rt_bytearray_data(b), got);
}

/* -- BufferedIOBase -- */

static rt_val
buffered_readinto(rt_val self, rt_val *args)
{
    int64_t len, got;
    const char *data;
    char *out;
    rt_val b;

    if (rt_bytes_writable(args[0], &out, &len) < 0)
        return RT_NULL;
    b = call(self, "read", 1, rt_from_small(len));
    if (rt_is_null(b) || rt_bytes_view(b, &data, &got) < 0 ||
        rt_bytes_writable(args[0], &out, &len) < 0)
        return RT_NULL;
    if (got > len)
        return rt_raise(&rt_exc_ValueError,
                        "read() returned too much data: %lld bytes requested, "
                        "%lld returned",
                        (long long)len, (long long)got);
    memcpy(out, data, (size_t)got);
    return rt_from_small(got);
}

static const struct rt_method base_methods[] = {
    RT_METHOD("close", base_close, ANY, "($self, /)",
              "Flush and close the IO object."),
    RT_METHOD("flush", base_flush, ANY, "($self, /)",
              "Flush write buffers, if applicable."),
    RT_METHOD("readable", base_false, ANY, "($self, /)",
              "Return whether object was opened for reading."),
    RT_METHOD("writable", base_false, ANY, "($self, /)",
              "Return whether object was opened for writing."),
    RT_METHOD("seekable", base_false, ANY, "($self, /)",
              "Return whether object supports random access."),
    RT_METHOD("isatty", base_false, ANY, "($self, /)",
              "Return whether this is an 'interactive' stream."),
    RT_METHOD("fileno", base_fileno, ANY, "($self, /)",
              "Returns underlying file descriptor if one exists."),
    RT_METHOD("seek", base_seek, ANY, "($self, /, *args)",
              "Change stream position."),
    RT_METHOD("tell", base_tell, ANY, "($self, /)",
              "Return current stream position."),
    RT_METHOD("truncate", base_truncate, ANY, "($self, /, *args)",
              "Truncate file to size bytes."),
    RT_METHOD("readline", base_readline, ANY, "($self, size=-1, /)",
              "Read and return a line from the stream."),
    RT_METHOD("readlines", base_readlines, ANY, "($self, hint=-1, /)",
              "Return a list of lines from the stream."),
    RT_METHOD("writelines", base_writelines, ANY, "($self, lines, /)",
              "Write a list of lines to stream."),
    RT_METHOD("__enter__", base_enter, ANY, "($self, /)", NULL),
    RT_METHOD("__exit__", base_exit, ANY, "($self, /, *args)", NULL),
    RT_END_METHODS};

static const struct rt_getset base_getsets[] = {
    {"closed", get_closed, NULL, NULL}, RT_END_GETSETS};

static const struct rt_method raw_methods[] = {
    RT_METHOD("read", raw_read, ANY, "($self, size=-1, /)", NULL),
    RT_METHOD("readall", raw_readall, ANY, "($self, /)",
              "Read until EOF, using multiple read() call."),
    RT_END_METHODS};

static const struct rt_method buffered_methods[] = {
    RT_METHOD("read", base_read, ANY, "($self, /, *args)", NULL),
    RT_METHOD("read1", base_read, ANY, "($self, /, *args)", NULL),
    RT_METHOD("readinto", buffered_readinto, ANY, "($self, buffer, /)", NULL),
    RT_METHOD("write", base_write, ANY, "($self, /, *args)", NULL),
    RT_METHOD("detach", base_detach, ANY, "($self, /)", NULL),
    RT_END_METHODS};

static const struct rt_method text_methods[] = {
    RT_METHOD("read", base_read, ANY, "($self, /, *args)", NULL),
    RT_METHOD("readline", text_readline, ANY, "($self, /, *args)", NULL),
    RT_METHOD("write", base_write, ANY, "($self, /, *args)", NULL),
    RT_METHOD("detach", base_detach, ANY, "($self, /)", NULL), RT_END_METHODS};

static const struct rt_getset text_getsets[] = {
    {"encoding", get_none, NULL, NULL},
    {"errors", get_none, NULL, NULL},
    {"newlines", get_none, NULL, NULL},
    RT_END_GETSETS};

struct rt_type rt_iobase_type = {
    RT_TYPE_HEAD(iobase, "_io._IOBase", sizeof(struct rt_iobase)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_WEAKREFS,
    .methods = base_methods,
    .getsets = base_getsets,
    .cdoc = "The abstract base class for all I/O classes.",
    .slots = {.iter = base_iter, .next = base_next},
};

static struct rt_type *const iobase = &rt_iobase_type;

struct rt_type rt_rawiobase_type = {
    RT_TYPE_HEAD(rawiobase, "_io._RawIOBase", sizeof(struct rt_iobase)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_WEAKREFS,
    .cbase = &iobase,
    .methods = raw_methods,
    .cdoc = "Base class for raw binary I/O.",
};

struct rt_type rt_bufferediobase_type = {
    RT_TYPE_HEAD(bufferediobase, "_io._BufferedIOBase",
                 sizeof(struct rt_iobase)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_WEAKREFS,
    .cbase = &iobase,
    .methods = buffered_methods,
    .cdoc = "Base class for buffered IO objects.",
};

struct rt_type rt_textiobase_type = {
    RT_TYPE_HEAD(textiobase, "_io._TextIOBase", sizeof(struct rt_iobase)),
    .flags = RT_TYPE_BASE | RT_TYPE_HAS_WEAKREFS,
    .cbase = &iobase,
    .methods = text_methods,
    .getsets = text_getsets,
    .cdoc = "Base class for text I/O.",
};

void
rt_iobase_init(void)
{
    static struct rt_type *const all[] = {
        &rt_iobase_type,     &rt_rawiobase_type, &rt_bufferediobase_type,
        &rt_textiobase_type, &rt_stringio_type,  &rt_bytesio_type};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        rt_type_ready(all[i]);
}
