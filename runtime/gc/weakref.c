/* SPDX-License-Identifier: MIT
 * runtime/gc/weakref.c: weak references. A table beside the heap leads from a
 * referent to its references; after marking, references to dead objects are
 * cleared and their callbacks queued. The module _weakref (modules/_weakref.c)
 * adds proxies.
 */
#include "config.h"

#include "runtime/gc/heap.h"
#include "runtime/runtime.h"

struct entry {
    void *target; /* NULL: free */
    struct rt_weakref *refs;
};

static struct entry *table;
static uint32_t used, mask;
static NAC_VEC(struct rt_weakref *) queue; /* callbacks to run */
static uint32_t done;

static uint32_t
start_of(const void *target)
{
    return (uint32_t)(((uintptr_t)target >> 4) * UINT64_C(0x9E3779B97F4A7C15) >>
                      32) &
           mask;
}

static struct entry *
find(const void *target)
{
    uint32_t i;

    if (!table)
        return NULL;
    for (i = start_of(target); table[i].target; i = (i + 1) & mask)
        if (table[i].target == target)
            return &table[i];
    return NULL;
}

static struct entry *
insert(void *target)
{
    uint32_t i;

    for (i = start_of(target); table[i].target; i = (i + 1) & mask)
        ;
    table[i].target = target;
    table[i].refs = NULL;
    return &table[i];
}

static void
grow(void)
{
    struct entry *old = table, *larger;
    uint32_t n = table ? mask + 1 : 0, size = n ? 2 * n : 64;

    larger = calloc(size, sizeof *larger);
    if (!larger && used + 1 < n) { /* it still has room */
        rt_memory_low();
        return;
    }
    table = larger ? larger : nac_calloc(size, sizeof *table);
    mask = size - 1;
    for (uint32_t i = 0; i < n; i++)
        if (old[i].target)
            insert(old[i].target)->refs = old[i].refs;
    free(old);
}

/* Brings entries to where they are found once others have gone. */
static void
close_holes(void)
{
    uint32_t from = 0;

    while (table[from].target) /* a free one: chains begin behind it */
        from++;
    for (uint32_t i = from + 1; i <= from + mask; i++) {
        struct entry *e = &table[i & mask], moved = *e;

        e->target = NULL;
        if (moved.target)
            insert(moved.target)->refs = moved.refs;
    }
}

static struct entry *
entry_for(void *target)
{
    struct entry *e = find(target);

    if (e)
        return e;
    if (!table || used * 2 > mask)
        grow();
    used++;
    return insert(target);
}

/* -- collection -- */

void
rt_weakrefs_clear(bool full)
{
    uint32_t n = table ? mask + 1 : 0, live = 0;

    (void)full;
    for (uint32_t i = 0; i < n; i++) {
        struct rt_weakref **link, *ref;
        bool dead;

        if (!table[i].target)
            continue;
        dead = !is_alive(table[i].target);
        for (link = &table[i].refs; (ref = *link) != NULL;) {
            if (!is_marked(ref)) {
                *link = ref->next;
                continue;
            }
            link = &ref->next;
            if (dead) {
                ref->target = NB_NOTHING;
                if (!rt_is_null(ref->callback))
                    nac_vec_push(&queue, ref);
            }
        }
        if (dead || !table[i].refs)
            table[i].target = NULL;
        else
            live++;
    }
    if (live == used)
        return;
    used = live;
    close_holes();
}

void
rt_weakrefs_mark(struct rt_marker *m)
{
    for (uint32_t i = done; i < queue.len; i++)
        rt_gc_visit_ptr(m, queue.items[i]);
}

bool
rt_weakrefs_pending(void)
{
    return done < queue.len;
}

void
rt_weakrefs_run(void)
{
    while (done < queue.len) {
        struct rt_weakref *ref = queue.items[done++];
        rt_val callback = ref->callback;

        ref->callback = RT_NULL;
        if (rt_is_null(callback))
            continue;
        if (rt_is_null(rt_call1(callback, rt_from_ptr(ref))))
            rt_exc_unraisable("calling weakref callback", callback);
    }
    queue.len = done = 0;
}

/* -- references -- */

rt_val
rt_weakref_make(struct rt_type *type, rt_val object, rt_val callback)
{
    struct rt_weakref *ref, **link;
    struct entry *e;

    if (!rt_is_obj(object) || !rt_has_flag(object, RT_TYPE_HAS_WEAKREFS))
        return rt_raise(&rt_exc_TypeError,
                        "cannot create weak reference to '%T' object", object);
    if (rt_is_null(callback) && type == &rt_weakref_type) {
        e = find(rt_ptr(object));
        for (ref = e ? e->refs : NULL; ref; ref = ref->next)
            if (rt_is_null(ref->callback) &&
                ref->head.map == &rt_weakref_type.root_map)
                return rt_from_ptr(ref);
    }
    ref = rt_ptr(rt_instance_new(type));
    ref->target = object.bits;
    ref->callback = callback;
    ref->hash = -1;
    e = entry_for(rt_ptr(object));
    for (link = &e->refs;
         *link && rt_is_null((*link)->callback) && !rt_is_null(callback);)
        link = &(*link)->next;
    ref->next = *link;
    *link = ref;
    return rt_from_ptr(ref);
}

rt_val
rt_weakref_new(rt_val object, rt_val callback)
{
    return rt_weakref_make(&rt_weakref_type, object, callback);
}

rt_val
rt_weakref_get(rt_val ref)
{
    uint64_t bits = ((struct rt_weakref *)rt_ptr(ref))->target;

    return bits == NB_NOTHING ? rt_None : (rt_val){bits};
}

int64_t
rt_weakref_count(rt_val object)
{
    struct entry *e = rt_is_obj(object) ? find(rt_ptr(object)) : NULL;
    int64_t n = 0;

    for (struct rt_weakref *r = e ? e->refs : NULL; r; r = r->next)
        n++;
    return n;
}

rt_val
rt_weakref_list(rt_val object)
{
    struct entry *e = rt_is_obj(object) ? find(rt_ptr(object)) : NULL;
    rt_val list = rt_list_new(NULL, 0);

    for (struct rt_weakref *r = e ? e->refs : NULL; r; r = r->next)
        rt_list_append(list, rt_from_ptr(r));
    return list;
}

/* -- the type -- */

static rt_val
weakref_make(struct rt_type *type, const rt_val *args, uint32_t nargs,
             rt_val kwnames)
{
    rt_val callback = nargs > 1 ? args[1] : RT_NULL;

    /* Subclasses may take more arguments and hand on what they want. */
    if (!rt_is_null(kwnames) && type == &rt_weakref_type)
        return rt_raise(&rt_exc_TypeError, "ref() takes no keyword arguments");
    if (nargs < 1)
        return rt_raise(&rt_exc_TypeError,
                        "__new__ expected at least 1 argument, got 0");
    if (nargs > 2)
        return rt_raise(&rt_exc_TypeError,
                        "__new__ expected at most 2 arguments, got %u", nargs);
    if (rt_is_none(callback))
        callback = RT_NULL;
    return rt_weakref_make(type, args[0], callback);
}

static int
weakref_init(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    (void)self;
    (void)args;
    if (!rt_is_null(kwnames)) {
        rt_raise(&rt_exc_TypeError, "ref() takes no keyword arguments");
        return -1;
    }
    if (nargs < 1 || nargs > 2) {
        rt_raise(&rt_exc_TypeError, "__init__ expected at %s",
                 nargs ? "most 2 arguments" : "least 1 argument, got 0");
        return -1;
    }
    return 0;
}

static rt_val
weakref_call(rt_val self, const rt_val *args, uint32_t nargs, rt_val kwnames)
{
    static struct rt_signature *sig;

    if (rt_bind(&sig, "__call__", "()", NULL, args, nargs, kwnames) < 0)
        return RT_NULL;
    return rt_weakref_get(self);
}

static int64_t
weakref_hash(rt_val self)
{
    struct rt_weakref *ref = rt_ptr(self);

    if (ref->hash != -1)
        return ref->hash;
    if (ref->target == NB_NOTHING) {
        rt_raise(&rt_exc_TypeError, "weak object has gone away");
        return -1;
    }
    ref->hash = rt_hash((rt_val){ref->target});
    return ref->hash;
}

static rt_val
weakref_compare(rt_val a, rt_val b, enum rt_cmp op)
{
    rt_val x, y;

    if ((op != RT_EQ && op != RT_NE) ||
        !rt_isinstance_exactly(a, &rt_weakref_type) ||
        !rt_isinstance_exactly(b, &rt_weakref_type))
        return rt_NotImplemented;
    x = rt_weakref_get(a);
    y = rt_weakref_get(b);
    if (rt_is_none(x) || rt_is_none(y))
        return rt_from_bool(rt_same(a, b) == (op == RT_EQ));
    return rt_compare(x, y, op);
}

static rt_val
weakref_repr(rt_val self)
{
    rt_val target = rt_weakref_get(self);

    if (rt_is_none(target))
        return rt_str_format("<weakref at %p; dead>", rt_ptr(self));
    return rt_str_format("<weakref at %p; to '%N' at %p>", rt_ptr(self),
                         rt_type_of(target), rt_ptr(target));
}

static void
weakref_trace(struct rt_obj *obj, struct rt_marker *m)
{
    rt_gc_visit(m, ((struct rt_weakref *)obj)->callback);
}

static rt_val
weakref_callback(rt_val self)
{
    rt_val c = ((struct rt_weakref *)rt_ptr(self))->callback;

    return rt_is_null(c) ? rt_None : c;
}

static const struct rt_getset getsets[] = {
    {"__callback__", weakref_callback, NULL, NULL},
    RT_END_GETSETS,
};

static rt_val
weakref_class_getitem(rt_val cls, rt_val *args)
{
    return rt_generic_alias_new(cls, args[0]);
}

static const struct rt_method methods[] = {
    RT_CLASSMETHOD("__class_getitem__", weakref_class_getitem, ANY,
                   "($type, object, /)", "See PEP 585"),
    RT_END_METHODS,
};

struct rt_type rt_weakref_type = {
    RT_TYPE_HEAD(weakref, "weakref.ReferenceType", sizeof(struct rt_weakref)),
    .flags = RT_TYPE_BASE,
    .trace = weakref_trace,
    .getsets = getsets,
    .methods = methods,
    .slots = {.make = weakref_make,
              .init = weakref_init,
              .call = weakref_call,
              .hash = weakref_hash,
              .compare = weakref_compare,
              .repr = weakref_repr},
};
