/* SPDX-License-Identifier: MIT
 * runtime/traceback_print.c: exceptions as text, as the interpreter prints them
 * when nothing catches them: the chain of causes, the stack with source lines
 * and carets, notes, groups, and syntax errors with their line.
 */
#include "config.h"

#include <ctype.h>
#include <uniwidth.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "frontend/frontend.h"
#include "runtime/code.h"
#include "runtime/exception.h"
#include "runtime/options.h"
#include "runtime/type.h"

enum { MAX_WIDTH = 15, MAX_DEPTH = 10, TRACE_LIMIT = 1000, SAME_LINES = 3 };

struct printer {
    struct nac_buf out;
    int depth; /* of nested groups */
    bool need_close;
    rt_val seen;           /* list: chained exceptions already printed */
    struct nac_buf source; /* the file read last */
    rt_val source_name;
};

/* -- output -- */

static void
indent(struct printer *p, const char *margin)
{
    for (int i = 0; i < 2 * p->depth; i++)
        nac_buf_putc(&p->out, ' ');
    nac_buf_puts(&p->out, margin);
}

static const char *
margin(const struct printer *p)
{
    return p->depth ? "| " : "";
}

static void
start_line(struct printer *p)
{
    indent(p, margin(p));
}

/* Surrogates are shown as escapes, as stderr's error handler does. */
static void
put_str(struct printer *p, rt_val s)
{
    struct rt_str *t = rt_str_of(s);
    char bytes[4];

    for (int64_t i = 0; i < t->len; i++) {
        uint32_t c = rt_str_at(t, i);

        if (c >= 0xD800 && c < 0xE000)
            nac_buf_printf(&p->out, "\\u%04x", c);
        else
            nac_buf_put(&p->out, bytes, (size_t)nac_utf8_encode(bytes, c));
    }
}

/* str(v), or a replacement where that fails. */
static void
put_object(struct printer *p, rt_val v, const char *otherwise)
{
    rt_val s = rt_str(v);

    if (rt_is_null(s)) {
        rt_exc_clear();
        nac_buf_puts(&p->out, otherwise);
    } else {
        put_str(p, s);
    }
}

/* -- source lines -- */

/* Line number [line] of the file, without its newline. */
static bool
source_line(struct printer *p, rt_val filename, int64_t line, const char **text,
            size_t *len)
{
    const char *s, *end;

    if (!rt_same(p->source_name, filename)) {
        p->source_name = filename;
        p->source.len = 0;
        nac_buf_read_file(&p->source, rt_str_utf8_any(filename, NULL));
    }
    s = p->source.data;
    end = s + p->source.len;
    if (!s || line < 1)
        return false;
    if (p->source.len >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3))
        s += 3;
    while (--line > 0) {
        s = memchr(s, '\n', (size_t)(end - s));
        if (!s)
            return false;
        s++;
    }
    if (s >= end)
        return false;
    *text = s;
    s = memchr(s, '\n', (size_t)(end - s));
    *len = (size_t)((s ? s : end) - *text);
    if (*len && (*text)[*len - 1] == '\r')
        (*len)--;
    return true;
}

/* Does the character take two columns on a terminal? */
static bool
is_wide(const char *s, const char *end)
{
    uint32_t c;

    return (*s & 0x80) && nac_utf8_decode(s, end, &c, 1) &&
           uc_width(c, "UTF-8") == 2;
}

static void
carets(struct printer *p, const char *line, size_t len, size_t skipped,
       const struct fe_position *pos)
{
    size_t from = (size_t)pos->col, to = len, stripped = len;
    int64_t left = -1, right = -1;
    bool anchors = false;

    while (stripped > skipped && isspace((unsigned char)line[stripped - 1]))
        stripped--;
    if (pos->end_line == pos->line)
        to = (size_t)pos->end_col < len ? (size_t)pos->end_col : len;
    else
        to = stripped;
    if (from < skipped || to <= from)
        return;
    if (pos->end_line == pos->line) {
        anchors = rt_traceback_anchors(line + from, to - from, &left, &right);
        left += (int64_t)from;
        right += (int64_t)from;
    }
    if (from == skipped && to == stripped && !anchors)
        return;
    start_line(p);
    nac_buf_puts(&p->out, "    ");
    for (size_t i = skipped; i < to; i++) {
        char mark = i < from ? ' '
                    : anchors && ((int64_t)i < left || (int64_t)i >= right)
                        ? '~'
                        : '^';

        if (((unsigned char)line[i] & 0xC0) == 0x80)
            continue;
        nac_buf_putc(&p->out, mark);
        if (is_wide(line + i, line + len))
            nac_buf_putc(&p->out, mark);
    }
    nac_buf_putc(&p->out, '\n');
}

static void
print_entry(struct printer *p, const struct rt_traceback *tb)
{
    struct rt_code *code = rt_traceback_code(tb);
    int64_t line = rt_traceback_line(tb);
    struct fe_position pos = {-1, -1, -1, -1};
    const char *text;
    size_t len, skip = 0;

    if (!code)
        return;
    start_line(p);
    nac_buf_puts(&p->out, "  File \"");
    put_str(p, code->filename);
    nac_buf_printf(&p->out, "\", line %lld, in ", (long long)line);
    put_str(p, code->name);
    nac_buf_putc(&p->out, '\n');
    if (!source_line(p, code->filename, line, &text, &len))
        return;
    while (skip < len && strchr(" \t\f", text[skip]))
        skip++;
    if (skip == len)
        return;
    {
        size_t end = len;

        while (end > skip && isspace((unsigned char)text[end - 1]))
            end--;
        start_line(p);
        nac_buf_puts(&p->out, "    ");
        nac_buf_put(&p->out, text + skip, end - skip);
        nac_buf_putc(&p->out, '\n');
    }
    rt_code_position(code, (uint32_t)tb->ins, &pos);
    if (pos.line == line && pos.col >= 0 && pos.end_col >= 0 &&
        (size_t)pos.col <= len)
        carets(p, text, len, skip, &pos);
}

static bool
same_place(const struct rt_traceback *a, const struct rt_traceback *b)
{
    struct rt_code *x = rt_traceback_code(a), *y = rt_traceback_code(b);

    return x && y && rt_traceback_line(a) == rt_traceback_line(b) &&
           rt_str_equal(x->filename, y->filename) &&
           rt_str_equal(x->name, y->name);
}

static void
print_repeated(struct printer *p, int64_t count)
{
    if (count <= SAME_LINES)
        return;
    count -= SAME_LINES;
    start_line(p);
    nac_buf_printf(&p->out, "  [Previous line repeated %lld more time%s]\n",
                   (long long)count, count > 1 ? "s" : "");
}

static int64_t
trace_limit(void)
{
    rt_val v = rt_sys_get("tracebacklimit");
    int64_t n;

    if (rt_is_null(v)) {
        rt_exc_clear();
        return TRACE_LIMIT;
    }
    if (!rt_is_any_int(v) || !rt_int_to_i64(v, &n))
        return TRACE_LIMIT;
    return n;
}

static void
print_stack(struct printer *p, rt_val tb, bool group)
{
    int64_t depth = 0, limit = trace_limit(), same = 0;
    const struct rt_traceback *last = NULL;

    for (rt_val v = tb; !rt_is_none(v);
         v = ((struct rt_traceback *)rt_ptr(v))->next)
        depth++;
    if (!depth || limit <= 0)
        return;
    indent(p, group && p->depth == 1 ? "+ " : margin(p));
    nac_buf_puts(&p->out,
                 group ? "Exception Group Traceback (most recent call last):\n"
                       : "Traceback (most recent call last):\n");
    for (; !rt_is_none(tb); tb = last->next) {
        const struct rt_traceback *t = rt_ptr(tb);
        bool skip = depth-- > limit;

        if (skip) {
            last = t;
            continue;
        }
        if (last && same_place(last, t)) {
            same++;
        } else {
            print_repeated(p, same);
            same = 1;
        }
        last = t;
        if (same <= SAME_LINES)
            print_entry(p, t);
    }
    print_repeated(p, same);
}

/* -- syntax errors -- */

static int64_t
int_or(rt_val v, int64_t otherwise)
{
    int64_t n;

    if (rt_is_null(v) || !rt_is_any_int(v) || !rt_int_to_i64(v, &n))
        return otherwise;
    return n;
}

static void
print_syntax_line(struct printer *p, struct rt_exc_SYNTAX *e)
{
    int64_t offset = int_or(e->offset, -1), end, skip = 0, len, n;
    int64_t end_line = int_or(e->end_lineno, int_or(e->lineno, -1));
    struct rt_str *s = rt_str_of(e->text);

    /* subclasses (IndentationError) show where it begins */
    end = rt_type_of(rt_from_ptr(e)) == &rt_exc_SyntaxError
              ? int_or(e->end_offset, offset)
              : offset;
    if (end_line != int_or(e->lineno, -1))
        end = s->len + 1;
    len = s->len;
    while (len &&
           (rt_str_at(s, len - 1) == '\n' || rt_str_at(s, len - 1) == '\r'))
        len--;
    while (skip < len && rt_str_at(s, skip) < 128 &&
           strchr(" \t\f", (int)rt_str_at(s, skip)))
        skip++;
    start_line(p);
    nac_buf_puts(&p->out, "    ");
    put_str(p, rt_str_slice(e->text, skip, len));
    nac_buf_putc(&p->out, '\n');
    if (offset < 1)
        return;
    offset -= skip + 1;
    end -= skip + 1;
    if (offset > len - skip)
        offset = len - skip;
    if (end <= offset)
        end = offset + 1;
    n = end - offset;
    if (offset < 0)
        return;
    start_line(p);
    nac_buf_puts(&p->out, "    ");
    for (int64_t i = 0; i < offset; i++)
        nac_buf_putc(&p->out, ' ');
    for (int64_t i = 0; i < n; i++)
        nac_buf_putc(&p->out, '^');
    nac_buf_putc(&p->out, '\n');
}

static void
print_syntax(struct printer *p, rt_val exc)
{
    struct rt_exc_SYNTAX *e = rt_exc_as(SYNTAX, exc);
    bool file = !rt_is_null(e->filename) && rt_is_str(e->filename);

    if (rt_is_null(e->lineno) || !rt_is_any_int(e->lineno))
        return;
    start_line(p);
    nac_buf_puts(&p->out, "  File \"");
    if (file)
        put_str(p, e->filename);
    else
        nac_buf_puts(&p->out, "<string>");
    nac_buf_printf(&p->out, "\", line %lld\n", (long long)int_or(e->lineno, 0));
    if (!rt_is_null(e->text) && rt_is_str(e->text))
        print_syntax_line(p, e);
}

/* -- message and notes -- */

static void
print_message(struct printer *p, rt_val exc)
{
    struct rt_type *type = rt_type_of(exc);
    bool syntax = rt_is_subtype(type, &rt_exc_SyntaxError);
    rt_val module = type->module, text;

    if (type->flags & RT_TYPE_HEAP)
        module = rt_dict_get_name(rt_from_ptr(type->dict), RT_ID(module));
    start_line(p);
    if (rt_is_null(module) || !rt_is_str(module)) {
        nac_buf_puts(&p->out, "<unknown>.");
    } else if (!rt_str_is(module, "builtins") &&
               !rt_str_is(module, "__main__")) {
        put_str(p, module);
        nac_buf_putc(&p->out, '.');
    }
    put_str(p, type->qualname);
    if (syntax && !rt_is_null(rt_exc_as(SYNTAX, exc)->lineno) &&
        rt_is_any_int(rt_exc_as(SYNTAX, exc)->lineno)) {
        rt_val msg = rt_exc_as(SYNTAX, exc)->msg;

        text = rt_is_null(msg) ? rt_None : msg;
        text = rt_str(text);
    } else {
        text = rt_str(exc);
    }
    if (rt_is_null(text)) {
        rt_exc_clear();
        nac_buf_puts(&p->out, ": <exception str() failed>");
    } else if (rt_str_of(text)->len) {
        nac_buf_puts(&p->out, ": ");
        put_str(p, text);
    }
    text = rt_suggestion(exc);
    if (!rt_is_null(text)) {
        nac_buf_puts(&p->out, ". Did you mean: '");
        put_str(p, text);
        nac_buf_puts(&p->out, "'?");
    }
    nac_buf_putc(&p->out, '\n');
}

static void
print_note(struct printer *p, rt_val note)
{
    rt_val text = rt_is_str(note) ? note : rt_str(note), lines, *items;
    int64_t n;

    if (rt_is_null(text)) {
        rt_exc_clear();
        start_line(p);
        nac_buf_puts(&p->out, "<note str() failed>\n");
        return;
    }
    lines = rt_call_method(text, RT_ID(split), 1, &RT_ID(newline_char));
    if (rt_is_null(lines)) {
        rt_exc_clear();
        return;
    }
    items = rt_seq_items(lines, &n);
    for (int64_t i = 0; i < n; i++) {
        start_line(p);
        put_str(p, items[i]);
        nac_buf_putc(&p->out, '\n');
    }
}

static void
print_notes(struct printer *p, rt_val exc)
{
    rt_val notes = rt_getattr_opt(exc, RT_ID(notes)), *items;
    int64_t n;

    if (rt_is_null(notes)) {
        rt_exc_clear();
        return;
    }
    if (rt_is_none(notes))
        return;
    if (!rt_is_list(notes) && !rt_is_tuple(notes)) {
        rt_val r = rt_repr(notes);

        start_line(p);
        put_object(p, rt_is_null(r) ? rt_None : r, "<__notes__ repr() failed>");
        rt_exc_clear();
        nac_buf_putc(&p->out, '\n');
        return;
    }
    items = rt_seq_items(notes, &n);
    for (int64_t i = 0; i < n; i++)
        print_note(p, items[i]);
}

static void print_recursive(struct printer *p, rt_val exc);

static void
print_one(struct printer *p, rt_val exc)
{
    bool group = rt_is_subtype(rt_type_of(exc), &rt_exc_BaseExceptionGroup);
    rt_val tb = rt_exc_of(exc)->traceback;

    if (!rt_is_none(tb))
        print_stack(p, tb, group);
    if (rt_is_subtype(rt_type_of(exc), &rt_exc_SyntaxError))
        print_syntax(p, exc);
    print_message(p, exc);
    print_notes(p, exc);
}

/* -- groups -- */

static void
print_group(struct printer *p, rt_val exc)
{
    struct rt_tuple *excs = rt_tuple_of(rt_exc_as(GROUP, exc)->excs);
    int64_t shown = excs->len > MAX_WIDTH ? MAX_WIDTH + 1 : excs->len;

    if (p->depth > MAX_DEPTH) {
        start_line(p);
        nac_buf_printf(&p->out, "... (max_group_depth is %d)\n", MAX_DEPTH);
        return;
    }
    if (p->depth == 0)
        p->depth = 1;
    print_one(p, exc);
    p->need_close = false;
    for (int64_t i = 0; i < shown; i++) {
        bool last = i == shown - 1, truncated = i >= MAX_WIDTH;

        if (last)
            p->need_close = true;
        indent(p, "");
        nac_buf_puts(&p->out, i == 0 ? "+-" : "  ");
        if (truncated)
            nac_buf_puts(&p->out, "+---------------- ... ----------------\n");
        else
            nac_buf_printf(&p->out, "+---------------- %lld ----------------\n",
                           (long long)i + 1);
        p->depth++;
        if (truncated) {
            long long more = excs->len - MAX_WIDTH;

            start_line(p);
            nac_buf_printf(&p->out, "and %lld more exception%s\n", more,
                           more > 1 ? "s" : "");
        } else {
            print_recursive(p, excs->items[i]);
        }
        if (last && p->need_close) {
            indent(p, "");
            nac_buf_puts(&p->out, "+------------------------------------\n");
            p->need_close = false;
        }
        p->depth--;
    }
    if (p->depth == 1)
        p->depth = 0;
}

/* -- chains -- */

static bool
was_seen(struct printer *p, rt_val exc)
{
    int64_t n;
    rt_val *items = rt_seq_items(p->seen, &n);

    for (int64_t i = 0; i < n; i++)
        if (rt_same(items[i], exc))
            return true;
    return false;
}

static void
print_link(struct printer *p, rt_val exc, const char *text)
{
    bool close = p->need_close;

    print_recursive(p, exc);
    p->need_close = close;
    start_line(p);
    nac_buf_putc(&p->out, '\n');
    start_line(p);
    nac_buf_puts(&p->out, text);
    start_line(p);
    nac_buf_putc(&p->out, '\n');
}

static void
print_recursive(struct printer *p, rt_val exc)
{
    struct rt_exception *e = rt_exc_of(exc);
    bool hidden = rt_same(e->suppress_context, rt_True);

    if (rt_enter(" during formatting of an exception") < 0) {
        rt_exc_clear();
        return;
    }
    rt_list_append(p->seen, exc);
    if (!rt_is_null(e->cause) && !rt_is_none(e->cause)) {
        if (!was_seen(p, e->cause))
            print_link(p, e->cause,
                       "The above exception was the direct cause of the "
                       "following exception:\n");
    } else if (!rt_is_null(e->context) && !rt_is_none(e->context) && !hidden &&
               !was_seen(p, e->context)) {
        print_link(p, e->context,
                   "During handling of the above exception, another exception "
                   "occurred:\n");
    }
    if (rt_is_subtype(rt_type_of(exc), &rt_exc_BaseExceptionGroup))
        print_group(p, exc);
    else
        print_one(p, exc);
    rt_leave();
}

/* -- entry points -- */

static void
format(struct printer *p, rt_val exc)
{
    rt_val saved = rt_ts->exc;

    memset(p, 0, sizeof *p);
    p->seen = rt_list_new(NULL, 0);
    p->source_name = RT_NULL;
    rt_ts->exc = RT_NULL;
    print_recursive(p, exc);
    rt_ts->exc = saved;
    nac_buf_free(&p->source);
}

rt_val
rt_traceback_format(rt_val exc)
{
    struct printer p;
    rt_val s;

    format(&p, exc);
    s = rt_str_new(p.out.data ? p.out.data : "", (int64_t)p.out.len);
    nac_buf_free(&p.out);
    return s;
}

void
rt_traceback_print(FILE *out, rt_val exc)
{
    struct printer p;

    format(&p, exc);
    fwrite(p.out.data, 1, p.out.len, out);
    fflush(out);
    nac_buf_free(&p.out);
}

/* To sys.stderr, or to the C one where there is none yet. */
static void
write_stderr(rt_val text)
{
    rt_val file = rt_sys_get("stderr"), out = rt_sys_get("stdout"), r;

    rt_exc_clear();
    if (!rt_is_null(out) && !rt_is_none(out)) {
        rt_call_method(out, RT_ID(flush), 0, NULL);
        rt_exc_clear();
    }
    if (!rt_is_null(file) && !rt_is_none(file)) {
        r = rt_call_method(file, RT_ID(write), 1, &text);
        if (!rt_is_null(r)) {
            rt_call_method(file, RT_ID(flush), 0, NULL);
            rt_exc_clear();
            return;
        }
        rt_exc_clear();
    }
    if (rt_is_null(file)) {
        int64_t len;
        const char *s = rt_str_utf8_any(text, &len);

        fwrite(s, 1, (size_t)len, stderr);
        fflush(stderr);
    }
}

void
rt_exc_display(rt_val exc)
{
    write_stderr(rt_traceback_format(exc));
}

/* sys.last_type, sys.last_value, sys.last_traceback */
static void
set_last(const rt_val *parts)
{
    rt_val modules = rt_sys_get("modules"), sys;

    if (rt_is_null(modules))
        return;
    sys = rt_dict_get_name(modules, RT_ID(sys));
    if (rt_is_null(sys) || !rt_is_exact(sys, &rt_module_type))
        return;
    rt_module_add(sys, "last_type", parts[0]);
    rt_module_add(sys, "last_value", parts[1]);
    rt_module_add(sys, "last_traceback", parts[2]);
}

static bool
is_builtin(rt_val v)
{
    return rt_is_null(v) || rt_is_exact(v, &rt_builtin_type);
}

void
rt_exc_print(void)
{
    rt_val exc = rt_exc_take(), hook, args[3];
    struct rt_exception *e = rt_exc_of(exc);

    if (rt_is_null(exc))
        return;
    args[0] = rt_from_ptr(rt_type_of(exc));
    args[1] = exc;
    args[2] = e->traceback;
    set_last(args);
    hook = rt_sys_get("excepthook");
    rt_exc_clear();
    if (is_builtin(hook)) {
        rt_exc_display(exc);
        return;
    }
    if (rt_is_null(rt_call(hook, args, 3, RT_NULL))) {
        rt_val other = rt_exc_take();

        if (rt_is_subtype(rt_type_of(other), &rt_exc_SystemExit)) {
            rt_ts->exc = other;
            return;
        }
        write_stderr(rt_str_new("Error in sys.excepthook:\n", -1));
        rt_exc_display(other);
        write_stderr(rt_str_new("\nOriginal exception was:\n", -1));
        rt_exc_display(exc);
    }
}

void
rt_exc_unraisable(const char *where, rt_val object)
{
    rt_val exc = rt_exc_take(), text, hook, saved = rt_ts->handled;

    if (rt_is_null(exc))
        return;
    hook = rt_sys_get("unraisablehook");
    rt_exc_clear();
    if (!is_builtin(hook)) {
        rt_val ns = rt_call0(rt_from_ptr(&rt_simple_namespace_type));
        rt_val msg = where ? rt_str_new(where, -1) : rt_None;

        rt_setattr(ns, rt_intern("exc_type"), rt_from_ptr(rt_type_of(exc)));
        rt_setattr(ns, rt_intern("exc_value"), exc);
        rt_setattr(ns, rt_intern("exc_traceback"), rt_exc_of(exc)->traceback);
        rt_setattr(ns, rt_intern("err_msg"), msg);
        rt_setattr(ns, RT_ID(object), rt_is_null(object) ? rt_None : object);
        rt_call1(hook, ns);
        rt_exc_clear();
        return;
    }
    if (!rt_is_null(object))
        text = rt_str_format("Exception ignored in: %R\n", object);
    else
        text = rt_str_format("%s:\n", where ? where : "Exception ignored in");
    write_stderr(text);
    rt_exc_display(exc);
    rt_ts->handled = saved;
}

/* -- warnings of the compiler -- */

/* DeprecationWarnings are not shown by CPython's default filters, which go by
 * the module of a warning: for these it is the file, never __main__. */
static bool
is_shown(const struct fe_warning *w)
{
    return strcmp(w->category, "SyntaxWarning") == 0
               ? !rt_options.hide_syntax_warnings
               : rt_options.show_deprecations;
}

void
rt_show_warnings(const struct fe_error *err, const char *filename)
{
    struct printer p = {.source_name = RT_NULL};
    rt_val name;

    if (!err->n_warnings)
        return;
    name = rt_str_new(filename, -1);
    for (uint32_t i = 0; i < err->n_warnings; i++) {
        const struct fe_warning *w = &err->warnings[i];
        const char *text;
        size_t len, skip = 0;

        if (!is_shown(w))
            continue;
        nac_buf_printf(&p.out, "%s:%d: %s: %s\n", filename, w->line,
                       w->category, w->msg);
        if (!source_line(&p, name, w->line, &text, &len))
            continue;
        while (skip < len && strchr(" \t\f", text[skip]))
            skip++;
        nac_buf_puts(&p.out, "  ");
        nac_buf_put(&p.out, text + skip, len - skip);
        nac_buf_putc(&p.out, '\n');
    }
    if (p.out.len)
        write_stderr(rt_str_new(p.out.data, (int64_t)p.out.len));
    nac_buf_free(&p.out);
    nac_buf_free(&p.source);
}
