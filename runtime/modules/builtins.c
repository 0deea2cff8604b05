/* SPDX-License-Identifier: MIT
 * runtime/modules/builtins.c: the functions of module builtins that work on
 * objects in general; what compiles, evaluates or looks at frames is in
 * builtins_code.c. Types are added by init.c.
 */
#include "config.h"

#include "runtime/interp/frame.h"
#include "runtime/modules/builtins.h"

#include <stdio.h>

#include "runtime/interp/inlined.h"
#include "runtime/io/file.h"
#include "runtime/runtime.h"

/* -- iteration -- */

static rt_val
b_all_any(rt_val iterable, int stop_at)
{
    rt_val it = rt_iter(iterable), v;

    if (rt_is_null(it))
        return it;
    while (v = rt_next(it), !rt_is_null(v)) {
        int truth = rt_truth(v);

        if (truth < 0)
            return RT_NULL;
        if (truth == stop_at)
            return rt_from_bool(stop_at);
    }
    return rt_raised() ? RT_NULL : rt_from_bool(!stop_at);
}

static rt_val
b_all(rt_val self, rt_val *args)
{
    return b_all_any(args[0], 0);
}

static rt_val
b_any(rt_val self, rt_val *args)
{
    return b_all_any(args[0], 1);
}

static rt_val
b_iter(rt_val self, rt_val *args)
{
    if (rt_is_null(args[1]))
        return rt_iter(args[0]);
    if (!rt_is_callable(args[0]))
        return rt_raise(&rt_exc_TypeError, "iter(v, w): v must be callable");
    return rt_call_iter_new(args[0], args[1]);
}

static rt_val
b_next(rt_val self, rt_val *args)
{
    rt_val v;

    if (!rt_type_of(args[0])->slots.next)
        return rt_raise(&rt_exc_TypeError, "'%T' object is not an iterator",
                        args[0]);
    v = rt_type_of(args[0])->slots.next(args[0]);
    if (!rt_is_null(v))
        return v;
    if (rt_raised()) {
        if (rt_is_null(args[1]) || !rt_exc_is(&rt_exc_StopIteration))
            return v;
        rt_exc_clear();
        return args[1];
    }
    if (!rt_is_null(args[1]))
        return args[1];
    return rt_raise_object(rt_exc_new(&rt_exc_StopIteration, 0));
}

static rt_val
b_aiter(rt_val self, rt_val *args)
{
    if (!rt_type_of(args[0])->slots.aiter)
        return rt_raise(&rt_exc_TypeError,
                        "'%T' object is not an async iterable", args[0]);
    return rt_type_of(args[0])->slots.aiter(args[0]);
}

static rt_val
b_anext(rt_val self, rt_val *args)
{
    rt_val v;

    if (!rt_type_of(args[0])->slots.anext)
        return rt_raise(&rt_exc_TypeError,
                        "'%T' object is not an async iterator", args[0]);
    v = rt_type_of(args[0])->slots.anext(args[0]);
    return rt_is_null(v) || rt_is_null(args[1]) ? v : rt_anext_or(v, args[1]);
}

static rt_val
add(rt_val a, rt_val b)
{
    if (rt_is_small(a) && rt_is_small(b)) {
        int64_t sum = rt_small(a) + rt_small(b);

        if (rt_fits_small(sum))
            return rt_from_small(sum);
    } else if (rt_is_float(a) && rt_is_float(b)) {
        return rt_from_float(rt_float(a) + rt_float(b));
    }
    return rt_binary_op(RT_ADD, a, b);
}

static rt_val
b_sum(rt_val self, rt_val *args)
{
    rt_val it = rt_iter(args[0]), total = args[1], v;

    if (rt_is_null(it))
        return it;
    if (rt_is_null(total))
        total = rt_from_small(0);
    if (rt_is_str(total))
        return rt_raise(&rt_exc_TypeError,
                        "sum() can't sum strings [use ''.join(seq) instead]");
    if (rt_is_bytes(total))
        return rt_raise(&rt_exc_TypeError,
                        "sum() can't sum bytes [use b''.join(seq) instead]");
    if (rt_is_exact(total, &rt_bytearray_type))
        return rt_raise(
            &rt_exc_TypeError,
            "sum() can't sum bytearray [use b''.join(seq) instead]");
    while (v = rt_next(it), !rt_is_null(v)) {
        total = add(total, v);
        if (rt_is_null(total))
            return total;
    }
    return rt_raised() ? RT_NULL : total;
}

static int
is_better(rt_val a, rt_val b, enum rt_cmp op)
{
    if (rt_is_small(a) && rt_is_small(b))
        return op == RT_LT ? rt_small(a) < rt_small(b)
                           : rt_small(a) > rt_small(b);
    return rt_compare_bool(a, b, op);
}

/* min and max of one iterable or of several arguments. */
static rt_val
min_max(rt_val *args, enum rt_cmp op, const char *name)
{
    struct rt_tuple *many = rt_tuple_of(args[0]);
    rt_val key = args[1], otherwise = args[2];
    rt_val it, v, best = RT_NULL, best_key = RT_NULL;

    if (!rt_is_null(key) && rt_is_none(key))
        key = RT_NULL;
    if (many->len == 0)
        return rt_raise(&rt_exc_TypeError,
                        "%s expected at least 1 argument, got 0", name);
    if (many->len > 1 && !rt_is_null(otherwise))
        return rt_raise(&rt_exc_TypeError,
                        "Cannot specify a default for %s() with multiple "
                        "positional arguments",
                        name);
    it = rt_iter(many->len == 1 ? many->items[0] : args[0]);
    if (rt_is_null(it))
        return it;
    while (v = rt_next(it), !rt_is_null(v)) {
        rt_val k = rt_is_null(key) ? v : rt_call1(key, v);
        int better = 1;

        if (rt_is_null(k))
            return k;
        if (!rt_is_null(best))
            better = is_better(k, best_key, op);
        if (better < 0)
            return RT_NULL;
        if (better) {
            best = v;
            best_key = k;
        }
    }
    if (rt_raised())
        return RT_NULL;
    if (!rt_is_null(best))
        return best;
    if (!rt_is_null(otherwise))
        return otherwise;
    return rt_raise(&rt_exc_ValueError, "%s() arg is an empty sequence", name);
}

static rt_val
b_min(rt_val self, rt_val *args)
{
    return min_max(args, RT_LT, "min");
}

static rt_val
b_max(rt_val self, rt_val *args)
{
    return min_max(args, RT_GT, "max");
}

static rt_val
b_sorted(rt_val self, rt_val *args)
{
    rt_val list = rt_sequence_list(args[0]);
    rt_val key = args[1];
    int64_t reverse = 0;

    if (rt_is_null(list) ||
        (!rt_is_null(args[2]) &&
         rt_index_i64(args[2], &reverse, &rt_exc_OverflowError) < 0))
        return RT_NULL;
    if (!rt_is_null(key) && rt_is_none(key))
        key = RT_NULL;
    return rt_list_sort(list, key, reverse != 0) < 0 ? RT_NULL : list;
}

/* -- numbers and characters -- */

static rt_val
b_abs(rt_val self, rt_val *args)
{
    return rt_absolute(args[0]);
}

static rt_val
in_base(rt_val v, int base, const char *prefix)
{
    rt_val i = rt_index(v);

    return rt_is_null(i) ? i : rt_int_str(i, base, prefix);
}

static rt_val
b_bin(rt_val self, rt_val *args)
{
    return in_base(args[0], 2, "0b");
}

static rt_val
b_oct(rt_val self, rt_val *args)
{
    return in_base(args[0], 8, "0o");
}

static rt_val
b_hex(rt_val self, rt_val *args)
{
    return in_base(args[0], 16, "0x");
}

static rt_val
b_chr(rt_val self, rt_val *args)
{
    int64_t c;

    if (rt_index_int(args[0], &c) < 0)
        return RT_NULL;
    if (c < 0 || c > 0x10FFFF)
        return rt_raise(&rt_exc_ValueError, "chr() arg not in range(0x110000)");
    return rt_str_from_char((uint32_t)c);
}

static rt_val
b_ord(rt_val self, rt_val *args)
{
    const char *data;
    int64_t len;

    if (rt_is_str(args[0])) {
        len = rt_str_of(args[0])->len;
        if (len == 1)
            return rt_from_small(rt_str_at(rt_str_of(args[0]), 0));
    } else if (rt_is_bytes(args[0]) ||
               rt_isinstance_exactly(args[0], &rt_bytearray_type)) {
        if (rt_bytes_view(args[0], &data, &len) < 0)
            return RT_NULL;
        if (len == 1)
            return rt_from_small((unsigned char)data[0]);
    } else {
        return rt_raise(&rt_exc_TypeError,
                        "ord() expected string of length 1, but %T found",
                        args[0]);
    }
    return rt_raise(
        &rt_exc_TypeError,
        "ord() expected a character, but string of length %lld found",
        (long long)len);
}

static rt_val
b_divmod(rt_val self, rt_val *args)
{
    return rt_binary_op(RT_DIVMOD, args[0], args[1]);
}

static rt_val
b_pow(rt_val self, rt_val *args)
{
    return rt_power(args[0], args[1], rt_is_null(args[2]) ? rt_None : args[2]);
}

static rt_val
b_round(rt_val self, rt_val *args)
{
    rt_val f = rt_lookup_special(args[0], RT_ID(round));

    if (rt_is_null(f)) {
        if (rt_raised())
            return f;
        return rt_raise(&rt_exc_TypeError,
                        "type %T doesn't define __round__ method", args[0]);
    }
    if (rt_is_null(args[1]) || rt_is_none(args[1]))
        return rt_call0(f);
    return rt_call1(f, args[1]);
}

/* -- objects -- */

static rt_val
b_ascii(rt_val self, rt_val *args)
{
    return rt_ascii(args[0]);
}

static rt_val
b_repr(rt_val self, rt_val *args)
{
    return rt_repr(args[0]);
}

static rt_val
b_callable(rt_val self, rt_val *args)
{
    return rt_from_bool(rt_is_callable(args[0]));
}

static rt_val
b_format(rt_val self, rt_val *args)
{
    rt_val spec = args[1];

    if (!rt_is_null(spec) && !rt_is_str(spec))
        return rt_raise(&rt_exc_TypeError,
                        "format() argument 2 must be str, not %T", spec);
    return rt_format(args[0], spec);
}

static rt_val
b_hash(rt_val self, rt_val *args)
{
    int64_t h = rt_hash(args[0]);

    return h == -1 && rt_raised() ? RT_NULL : rt_int_from_i64(h);
}

/* Values without an address are numbered by their word. */
static rt_val
b_id(rt_val self, rt_val *args)
{
    if (rt_is_obj(args[0]))
        return rt_int_from_u64((uint64_t)(uintptr_t)rt_ptr(args[0]));
    return rt_int_from_u64(args[0].bits);
}

static rt_val
b_isinstance(rt_val self, rt_val *args)
{
    int r = rt_isinstance(args[0], args[1]);

    return r < 0 ? RT_NULL : rt_from_bool(r);
}

static rt_val
b_issubclass(rt_val self, rt_val *args)
{
    int r = rt_issubclass(args[0], args[1]);

    return r < 0 ? RT_NULL : rt_from_bool(r);
}

static rt_val
b_len(rt_val self, rt_val *args)
{
    int64_t n = rt_len(args[0]);

    return n < 0 ? RT_NULL : rt_int_from_i64(n);
}

static int
attribute_name(rt_val *name)
{
    if (!rt_is_str(*name)) {
        rt_raise(&rt_exc_TypeError, "attribute name must be string, not '%T'",
                 *name);
        return -1;
    }
    *name = rt_str_intern(*name);
    return 0;
}

static rt_val
b_getattr(rt_val self, rt_val *args)
{
    rt_val v;

    if (attribute_name(&args[1]) < 0)
        return RT_NULL;
    if (rt_is_null(args[2]))
        return rt_getattr(args[0], args[1]);
    v = rt_getattr_opt(args[0], args[1]);
    return rt_is_null(v) && !rt_raised() ? args[2] : v;
}

static rt_val
b_hasattr(rt_val self, rt_val *args)
{
    rt_val v;

    if (attribute_name(&args[1]) < 0)
        return RT_NULL;
    v = rt_getattr_opt(args[0], args[1]);
    if (rt_is_null(v) && rt_raised())
        return v;
    return rt_from_bool(!rt_is_null(v));
}

static rt_val
b_setattr(rt_val self, rt_val *args)
{
    if (attribute_name(&args[1]) < 0)
        return RT_NULL;
    return rt_setattr(args[0], args[1], args[2]) < 0 ? RT_NULL : rt_None;
}

static rt_val
b_delattr(rt_val self, rt_val *args)
{
    if (attribute_name(&args[1]) < 0)
        return RT_NULL;
    return rt_delattr(args[0], args[1]) < 0 ? RT_NULL : rt_None;
}

static rt_val
b_import(rt_val self, rt_val *args)
{
    int64_t level = 0;

    if (!rt_is_str(args[0]))
        return rt_raise(&rt_exc_TypeError, "module name must be a string");
    if (!rt_is_null(args[4]) &&
        rt_index_i64(args[4], &level, &rt_exc_OverflowError) < 0)
        return RT_NULL;
    return rt_import(args[0], rt_is_null(args[1]) ? rt_None : args[1],
                     rt_is_null(args[3]) ? rt_tuple_new(NULL, 0) : args[3],
                     (int)level);
}

static rt_val
b_build_class(rt_val self, rt_val *args)
{
    struct rt_tuple *bases = rt_tuple_of(args[2]);

    return rt_build_class(args[0], args[1], bases->items, (uint32_t)bases->len,
                          args[3]);
}

/* -- input and output -- */

static int
write_to(rt_val file, rt_val text)
{
    if (rt_is_exact(file, &rt_file_type))
        return rt_file_write(file, text);
    return rt_is_null(rt_call_method(file, RT_ID(write), 1, &text)) ? -1 : 0;
}

static int
separator(rt_val *v, const char *name, rt_val otherwise)
{
    if (rt_is_null(*v) || rt_is_none(*v)) {
        *v = otherwise;
    } else if (!rt_is_str(*v)) {
        rt_raise(&rt_exc_TypeError, "%s must be None or a string, not %T", name,
                 *v);
        return -1;
    }
    return 0;
}

static rt_val
b_print(rt_val self, rt_val *args)
{
    struct rt_tuple *items = rt_tuple_of(args[0]);
    rt_val sep = args[1], end = args[2], file = args[3];
    int64_t i;

    if (rt_is_null(file) || rt_is_none(file)) {
        file = rt_sys_get("stdout");
        if (rt_is_null(file))
            return rt_raise(&rt_exc_RuntimeError, "lost sys.stdout");
        if (rt_is_none(file))
            return rt_None;
    }
    if (separator(&sep, "sep", RT_ID(space)) < 0 ||
        separator(&end, "end", RT_ID(newline_char)) < 0)
        return RT_NULL;
    for (i = 0; i < items->len; i++) {
        rt_val s = rt_is_exact(items->items[i], &rt_str_type)
                       ? items->items[i]
                       : rt_str(items->items[i]);

        if (rt_is_null(s) || (i && write_to(file, sep) < 0) ||
            write_to(file, s) < 0)
            return RT_NULL;
    }
    if (write_to(file, end) < 0)
        return RT_NULL;
    if (!rt_is_null(args[4])) {
        int flush = rt_truth(args[4]);

        if (flush < 0 ||
            (flush && rt_is_null(rt_call_method(file, RT_ID(flush), 0, NULL))))
            return RT_NULL;
    }
    return rt_None;
}

static rt_val
b_input(rt_val self, rt_val *args)
{
    rt_val in = rt_sys_get("stdin"), line;
    rt_val out = rt_sys_get("stdout");
    int64_t len;

    if (rt_is_null(in) || rt_is_none(in))
        return rt_raise(&rt_exc_RuntimeError, "input(): lost sys.stdin");
    if (!rt_is_null(args[0])) {
        rt_val text = rt_str(args[0]);

        if (rt_is_null(text) || write_to(out, text) < 0)
            return RT_NULL;
    }
    if (!rt_is_null(out) && !rt_is_none(out) &&
        rt_is_null(rt_call_method(out, RT_ID(flush), 0, NULL)))
        return RT_NULL;
    line = rt_call_method(in, RT_ID(readline), 0, NULL);
    if (rt_is_null(line))
        return line;
    if (!rt_is_str(line))
        return rt_raise(&rt_exc_TypeError,
                        "object.readline() returned non-string");
    len = rt_str_of(line)->len;
    if (!len)
        return rt_raise(&rt_exc_EOFError, "EOF when reading a line");
    if (rt_str_at(rt_str_of(line), len - 1) == '\n')
        line = rt_str_slice(line, 0, len - 1);
    return line;
}

#define INLINED(id, name, fn, effect, sig, doc)                                \
    RT_FUNC_INLINED(RT_INLINE_##id, name, fn, effect, sig, doc)

static const struct rt_method functions[] = {
    RT_FUNC("__build_class__", b_build_class, FRAME,
            "(func, name, /, *bases, **kwds)",
            "Internal helper function used by the class statement."),
    RT_FUNC("__import__", b_import, FRAME,
            "(name, globals=None, locals=None, fromlist=(), level=0)",
            "Import a module."),
    INLINED(ABS, "abs", b_abs, PURE, "(x, /)",
            "Return the absolute value of the argument."),
    RT_FUNC("aiter", b_aiter, ANY, "(async_iterable, /)",
            "Return an AsyncIterator for an AsyncIterable object."),
    INLINED(ALL, "all", b_all, ANY, "(iterable, /)",
            "Return True if bool(x) is True for all values x in the iterable."),
    RT_FUNC("anext", b_anext, ANY, "(async_iterator, default=None, /)",
            "Return the next item from the async iterator."),
    INLINED(ANY, "any", b_any, ANY, "(iterable, /)",
            "Return True if bool(x) is True for any x in the iterable."),
    RT_FUNC("ascii", b_ascii, PURE, "(obj, /)",
            "Return an ASCII-only representation of an object."),
    RT_FUNC("bin", b_bin, PURE, "(number, /)",
            "Return the binary representation of an integer."),
    RT_FUNC("callable", b_callable, READS, "(obj, /)",
            "Return whether the object is callable."),
    INLINED(CHR, "chr", b_chr, PURE, "(i, /)",
            "Return a Unicode string of one character with ordinal i."),
    RT_FUNC("delattr", b_delattr, ANY, "(obj, name, /)",
            "Deletes the named attribute from the given object."),
    RT_FUNC("divmod", b_divmod, PURE, "(x, y, /)",
            "Return the tuple (x//y, x%y)."),
    RT_FUNC("format", b_format, PURE, "(value, format_spec='', /)",
            "Return value.__format__(format_spec)."),
    RT_FUNC("getattr", b_getattr, ANY, "(object, name, default=None, /)",
            "Get a named attribute from an object."),
    RT_FUNC("hasattr", b_hasattr, ANY, "(obj, name, /)",
            "Return whether the object has an attribute with the given name."),
    RT_FUNC("hash", b_hash, PURE, "(obj, /)",
            "Return the hash value for the given object."),
    RT_FUNC("hex", b_hex, PURE, "(number, /)",
            "Return the hexadecimal representation of an integer."),
    RT_FUNC("id", b_id, READS, "(obj, /)", "Return the identity of an object."),
    RT_FUNC("input", b_input, ANY, "(prompt='', /)",
            "Read a string from standard input."),
    INLINED(ISINSTANCE, "isinstance", b_isinstance, ANY,
            "(obj, class_or_tuple, /)",
            "Return whether an object is an instance of a class."),
    RT_FUNC("issubclass", b_issubclass, ANY, "(cls, class_or_tuple, /)",
            "Return whether a class is derived from another."),
    RT_FUNC("iter", b_iter, ANY, "(object, sentinel=None, /)",
            "Get an iterator from an object."),
    INLINED(LEN, "len", b_len, ANY, "(obj, /)",
            "Return the number of items in a container."),
    INLINED(MAX, "max", b_max, ANY, "(*args, key=None, default=None)",
            "Return the largest item."),
    INLINED(MIN, "min", b_min, ANY, "(*args, key=None, default=None)",
            "Return the smallest item."),
    INLINED(NEXT, "next", b_next, ANY, "(iterator, default=None, /)",
            "Return the next item from the iterator."),
    RT_FUNC("oct", b_oct, PURE, "(number, /)",
            "Return the octal representation of an integer."),
    INLINED(ORD, "ord", b_ord, PURE, "(c, /)",
            "Return the Unicode code point for a one-character string."),
    RT_FUNC("pow", b_pow, PURE, "(base, exp, mod=None)",
            "Equivalent to base**exp with 2 arguments or base**exp % mod with "
            "3 arguments."),
    RT_FUNC("print", b_print, ANY,
            "(*args, sep=' ', end='\\n', file=None, flush=False)",
            "Prints the values to a stream, or to sys.stdout by default."),
    RT_FUNC("repr", b_repr, PURE, "(obj, /)",
            "Return the canonical string representation of the object."),
    RT_FUNC("round", b_round, PURE, "(number, ndigits=None)",
            "Round a number to a given precision in decimal digits."),
    RT_FUNC("setattr", b_setattr, ANY, "(obj, name, value, /)",
            "Sets the named attribute on the given object to the value."),
    INLINED(SORTED, "sorted", b_sorted, ANY,
            "(iterable, /, *, key=None, reverse=False)",
            "Return a new list containing all items from the iterable in "
            "ascending order."),
    INLINED(SUM, "sum", b_sum, ANY, "(iterable, /, start=0)",
            "Return the sum of a 'start' value plus an iterable of numbers."),
    RT_END_METHODS};

void
rt_builtins_add_functions(rt_val module)
{
    rt_module_methods(module, functions);
    rt_builtins_add_code_functions(module);
    rt_builtins_add_open(module);
    rt_builtins_add_site(module);
}
