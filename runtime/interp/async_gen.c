/* SPDX-License-Identifier: MIT
 * runtime/interp/async_gen.c: async generators: the objects that __anext__,
 * asend, athrow and aclose return (awaited, they run the generator up to its
 * next yield). What the generator yields itself comes wrapped by ASYNC_WRAP,
 * which tells it from what an inner await hands up to the event loop.
 */
#include "config.h"

#include "runtime/interp/helpers.h"

struct wrapped {
    struct rt_obj head;
    rt_val value;
};

rt_val
rt_h_async_wrap(rt_val v)
{
    struct wrapped *w = RT_NEW(struct wrapped, &rt_async_gen_value_type);

    w->value = v;
    return rt_from_ptr(w);
}

static void
wrapped_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct wrapped *)obj)->value);
}

struct rt_type rt_async_gen_value_type = {
    RT_TYPE_HEAD(async_gen_value, "async_generator_wrapped_value",
                 sizeof(struct wrapped)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = wrapped_trace,
};

/* -- one step, as an awaitable -- */

enum step_kind { STEP_SEND, STEP_THROW, STEP_CLOSE };
enum step_state { STEP_NEW, STEP_RUNNING, STEP_DONE };

struct step {
    struct rt_obj head;
    rt_val gen;
    rt_val value; /* what to send, or the exception to throw */
    int64_t kind, state;
};

static struct step *
step_of(rt_val v)
{
    return rt_ptr(v);
}

static rt_val
step_new(rt_val gen, enum step_kind kind, rt_val value)
{
    struct step *s = RT_NEW(struct step, &rt_async_gen_send_type);

    s->gen = gen;
    s->value = value;
    s->kind = kind;
    s->state = STEP_NEW;
    return rt_from_ptr(s);
}

static const char *const awaited[] = {"__anext__()/asend()", "athrow()",
                                      "aclose()"};
static const char *const running[] = {
    "anext(): asynchronous generator is already running",
    "athrow(): asynchronous generator is already running",
    "aclose(): asynchronous generator is already running"};

static rt_val
stop_with(rt_val value)
{
    return rt_raise_object(rt_is_none(value)
                               ? rt_exc_new(&rt_exc_StopIteration, 0)
                               : rt_exc_new(&rt_exc_StopIteration, 1, value));
}

/* The generator yielded, awaited something, returned or raised. */
static rt_val
outcome(struct step *s, rt_val v)
{
    struct rt_generator *gen = rt_gen_of(s->gen);

    if (!rt_is_null(v)) {
        if (!rt_is_exact(v, &rt_async_gen_value_type))
            return v; /* for the event loop */
        s->state = STEP_DONE;
        gen->origin = RT_NULL;
        if (s->kind == STEP_CLOSE)
            return rt_raise(&rt_exc_RuntimeError,
                            "async generator ignored GeneratorExit");
        return stop_with(((struct wrapped *)rt_ptr(v))->value);
    }
    s->state = STEP_DONE;
    gen->origin = RT_NULL;
    if (!rt_raised()) {
        gen->closed = 1;
        rt_raise_object(rt_exc_new(&rt_exc_StopAsyncIteration, 0));
    }
    if (s->kind == STEP_CLOSE && (rt_exc_is(&rt_exc_StopAsyncIteration) ||
                                  rt_exc_is(&rt_exc_GeneratorExit))) {
        rt_exc_clear();
        gen->closed = 1;
        return stop_with(rt_None);
    }
    return RT_NULL;
}

static rt_val
begin(struct step *s, rt_val sent)
{
    struct rt_generator *gen = rt_gen_of(s->gen);
    rt_val result;

    if (!rt_is_null(gen->origin)) {
        s->state = STEP_DONE;
        return rt_raise(&rt_exc_RuntimeError, "%s", running[s->kind]);
    }
    if (gen->closed && s->kind == STEP_THROW) {
        s->state = STEP_DONE;
        return rt_raise_object(rt_exc_new(&rt_exc_StopAsyncIteration, 0));
    }
    if (s->kind == STEP_CLOSE && (gen->closed || gen->state == RT_GEN_DONE ||
                                  gen->state == RT_GEN_CREATED)) {
        s->state = STEP_DONE;
        gen->closed = 1;
        gen->state = RT_GEN_DONE;
        return stop_with(rt_None);
    }
    s->state = STEP_RUNNING;
    rt_write(gen, &gen->origin, rt_from_ptr(s)); /* running */
    if (s->kind == STEP_SEND)
        return outcome(
            s, rt_generator_resume(gen, rt_is_none(sent) ? s->value : sent,
                                   RT_NULL, &result));
    return outcome(s, rt_generator_throw(s->gen, s->value));
}

static rt_val
proceed(rt_val self, rt_val sent)
{
    struct step *s = step_of(self);
    rt_val result;

    if (s->state == STEP_DONE)
        return rt_raise(&rt_exc_RuntimeError, "cannot reuse already awaited %s",
                        awaited[s->kind]);
    if (s->state == STEP_NEW)
        return begin(s, sent);
    return outcome(
        s, rt_generator_resume(rt_gen_of(s->gen), sent, RT_NULL, &result));
}

static rt_val
step_next(rt_val self)
{
    return proceed(self, rt_None);
}

static rt_val
step_send(rt_val self, rt_val *args)
{
    return proceed(self, args[0]);
}

static rt_val
step_throw(rt_val self, rt_val *args)
{
    struct step *s = step_of(self);
    rt_val exc = rt_thrown_exception(args);

    if (rt_is_null(exc))
        return exc;
    if (s->state == STEP_DONE)
        return rt_raise(&rt_exc_RuntimeError, "cannot reuse already awaited %s",
                        awaited[s->kind]);
    s->state = STEP_RUNNING;
    return outcome(s, rt_generator_throw(s->gen, exc));
}

static rt_val
step_close(rt_val self, rt_val *args)
{
    step_of(self)->state = STEP_DONE;
    return rt_None;
}

static rt_val
step_self(rt_val self)
{
    return self;
}

static void
step_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct step *)obj)->gen);
    rt_gc_visit(m, ((struct step *)obj)->value);
}

static const struct rt_method step_methods[] = {
    RT_METHOD("send", step_send, ANY, "($self, arg, /)", NULL),
    RT_METHOD("throw", step_throw, ANY,
              "($self, type, value=None, traceback=None, /)", NULL),
    RT_METHOD("close", step_close, ANY, "($self, /)", NULL), RT_END_METHODS};

struct rt_type rt_async_gen_send_type = {
    RT_TYPE_HEAD(async_gen_send, "async_generator_asend", sizeof(struct step)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = step_trace,
    .methods = step_methods,
    .slots = {.iter = step_self, .next = step_next, .await = step_self},
};

/* -- the generator -- */

static rt_val
agen_anext(rt_val self)
{
    return step_new(self, STEP_SEND, rt_None);
}

static rt_val
agen_asend(rt_val self, rt_val *args)
{
    return step_new(self, STEP_SEND, args[0]);
}

static rt_val
agen_athrow(rt_val self, rt_val *args)
{
    rt_val exc = rt_thrown_exception(args);

    return rt_is_null(exc) ? exc : step_new(self, STEP_THROW, exc);
}

static rt_val
agen_aclose(rt_val self, rt_val *args)
{
    return step_new(self, STEP_CLOSE, rt_exc_new(&rt_exc_GeneratorExit, 0));
}

static rt_val
agen_running(rt_val self)
{
    return rt_from_bool(!rt_is_null(rt_gen_of(self)->origin));
}

static const struct rt_method agen_methods[] = {
    RT_METHOD("asend", agen_asend, READS, "($self, value, /)",
              "Awaitable that sends a value."),
    RT_METHOD("athrow", agen_athrow, ANY,
              "($self, type, value=None, traceback=None, /)",
              "Awaitable that throws."),
    RT_METHOD("aclose", agen_aclose, READS, "($self, /)",
              "Awaitable that closes."),
    RT_END_METHODS};

static const struct rt_getset agen_getsets[] = {
    RT_GENERATOR_GETSETS("ag", agen_running), RT_END_GETSETS};

struct rt_type rt_async_generator_type = {
    RT_TYPE_HEAD(async_generator, "async_generator",
                 sizeof(struct rt_generator)),
    .flags = RT_TYPE_HAS_WEAKREFS | RT_TYPE_NOINSTANCE,
    .trace = rt_generator_trace,
    .methods = agen_methods,
    .getsets = agen_getsets,
    .slots = {.repr = rt_generator_repr,
              .aiter = step_self,
              .anext = agen_anext},
};

/* -- anext(it, default): what awaiting it hands on, but for the end -- */

struct anext {
    struct rt_obj head;
    rt_val iterator; /* of the awaitable */
    rt_val otherwise;
};

rt_val
rt_anext_or(rt_val awaitable, rt_val otherwise)
{
    rt_val it = rt_h_awaitable(awaitable, 0);
    struct anext *a;

    if (rt_is_null(it))
        return it;
    if (rt_is_exact(it, &rt_coroutine_type))
        it = rt_coroutine_wrapper_new(it);
    a = RT_NEW(struct anext, &rt_anext_awaitable_type);
    a->iterator = it;
    a->otherwise = otherwise;
    rt_barrier(a);
    return rt_from_ptr(a);
}

static rt_val
anext_outcome(rt_val self, rt_val v)
{
    if (!rt_is_null(v) || !rt_exc_is(&rt_exc_StopAsyncIteration))
        return v;
    rt_exc_clear();
    return stop_with(((struct anext *)rt_ptr(self))->otherwise);
}

static rt_val
anext_next(rt_val self)
{
    rt_val it = ((struct anext *)rt_ptr(self))->iterator;

    return anext_outcome(self, rt_type_of(it)->slots.next(it));
}

static rt_val
anext_forward(rt_val self, rt_val name, rt_val *args, uint32_t n)
{
    rt_val it = ((struct anext *)rt_ptr(self))->iterator;

    while (n && rt_is_null(args[n - 1]))
        n--;
    return anext_outcome(self, rt_call_method(it, name, n, args));
}

static rt_val
anext_send(rt_val self, rt_val *args)
{
    return anext_forward(self, RT_ID(send), args, 1);
}

static rt_val
anext_throw(rt_val self, rt_val *args)
{
    return anext_forward(self, RT_ID(throw), args, 3);
}

static rt_val
anext_close(rt_val self, rt_val *args)
{
    return anext_forward(self, RT_ID(close), args, 0);
}

static void
anext_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct anext *)obj)->iterator);
    rt_gc_visit(m, ((struct anext *)obj)->otherwise);
}

static const struct rt_method anext_methods[] = {
    RT_METHOD("send", anext_send, ANY, "($self, arg, /)", NULL),
    RT_METHOD("throw", anext_throw, ANY,
              "($self, type, value=None, traceback=None, /)", NULL),
    RT_METHOD("close", anext_close, ANY, "($self, /)", NULL), RT_END_METHODS};

struct rt_type rt_anext_awaitable_type = {
    RT_TYPE_HEAD(anext_awaitable, "anext_awaitable", sizeof(struct anext)),
    .flags = RT_TYPE_NOINSTANCE,
    .trace = anext_trace,
    .methods = anext_methods,
    .slots = {.iter = step_self, .next = anext_next, .await = step_self},
};
