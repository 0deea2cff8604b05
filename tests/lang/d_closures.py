# Cells, free variables, del, nested comprehension scopes, class scopes.
def show(f, *a):
    try:
        print(f(*a))
    except BaseException as e:
        print(type(e).__name__, e)
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    def reset():
        nonlocal n
        del n
    return inc, get, reset
inc, get, reset = counter()
inc(); inc(5); print(get()); reset(); show(get); show(inc); show(reset)
def unbound_free():
    def f(): return later
    show(f)
    later = 1
    show(f)
    del later
    show(f)
    def g():
        later2
    try:
        g()
    except NameError as e:
        print(e)
    later2 = 2
unbound_free()
def unbound_local():
    print(x)
    x = 1
show(unbound_local)
def unbound_local2():
    x = 1
    del x
    del x
show(unbound_local2)
def unbound_aug():
    total += 1
show(unbound_aug)
def unbound_cell():
    def f(): return c
    del c
    c = 1
show(unbound_cell)
def param_cell(a, b=2, *args, k=3, **kw):
    def f(): return a, b, args, k, sorted(kw.items())
    a += 1
    return f
show(param_cell(1, 5, 6, k=7, z=8))
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
fs = []
for i in range(3):
    def f(j=i): return i, j
    fs.append(f)
print([f() for f in fs])
def comp_scope():
    x = "outer"
    r = [x for x in range(3)]
    s = {x: y for x, y in [(1, 2)]}
    t = [[(x, y) for x in range(y)] for y in range(3)]
    u = [z for z in [w for w in range(3) if w] if z > 1]
    return x, r, s, t, u
show(comp_scope)
class K:
    x = 5
    a = [x for _ in range(2)] if 0 else x
    b = [y for y in range(x)]
    try:
        c = [x + y for y in range(2)]
    except NameError as e:
        c = str(e)
    def f(self): return x
    l = lambda: x
x = "global"
print(K.a, K.b, K.c, K().f(), K.l())
def class_in_func():
    y = "func"
    class C:
        z = y
        y = "class"
        w = y
        def m(self): return y
    return C.z, C.w, C().m()
show(class_in_func)
def class_nonlocal():
    v = 1
    class C:
        nonlocal v
        v = 2
    return v, hasattr(C, "v")
show(class_nonlocal)
def class_global():
    class C:
        global gl
        gl = 3
    return gl, hasattr(C, "gl")
show(class_global)
def walrus():
    if (n := 10) > 5:
        pass
    r = [m := y * 2 for y in range(3)]
    any((hit := q) > 1 for q in range(5))
    return n, r, m, hit
show(walrus)
print([last := i for i in range(3)], last)
def walrus_closure():
    def f(): return total
    r = [total := t for t in range(4)]
    return f()
show(walrus_closure)
def deep():
    a = 1
    def l1():
        b = 2
        def l2():
            c = 3
            def l3():
                nonlocal a, b, c
                a, b, c = a + 10, b + 10, c + 10
                return lambda: (a, b, c)
            return l3()
        return l2()
    return l1()()
show(deep)
def gl():
    global made_global
    made_global = 1
    def inner():
        global made_global
        made_global += 1
        return made_global
    return inner()
show(gl); print(made_global)
del made_global
show(lambda: made_global)
def del_global():
    global made_global
    del made_global
show(del_global)
def exc_var():
    e = "before"
    try:
        1 / 0
    except ZeroDivisionError as e:
        f = lambda: e
        print(repr(f()))
    show(f)
    return e
show(exc_var)
def loop_var():
    for i in []: pass
    return i
show(loop_var)
def with_locals():
    a = 1
    def f(): return a
    b = 2
    return sorted(locals().items(), key=lambda kv: kv[0])[:2], f.__closure__[0].cell_contents, f.__code__.co_freevars, with_locals.__code__.co_cellvars
show(with_locals)
def cells():
    a = 1
    def f(): return a
    c = f.__closure__[0]
    c.cell_contents = 9
    print(a, c == c, type(c).__name__)
    del c.cell_contents
    show(lambda: c.cell_contents)
    show(f)
cells()
import types
def mk(): 
    q = 5
    def f(): return q
    return f
g = types.FunctionType(mk().__code__, globals(), "named", None, (types.CellType(77),))
print(g(), g.__name__)
show(lambda: types.FunctionType(mk().__code__, globals()))
def exec_scope():
    x = 1
    exec("x = 2; y = 3")
    return x
show(exec_scope)
ns = {}
exec("def f():\n    return z\nz = 7\nprint([f() for _ in range(2)])\nclass Q:\n    w = z", ns)
print(ns["Q"].w, eval("z + 1", ns), eval("[z for _ in range(2)]", ns))
show(eval, "undefined_thing", {})
show(eval, "a", {}, {"a": "local"})
show(exec, "del nothing", {})
def gen_scope():
    n = 3
    g = (n * i for i in range(n))
    n = 10
    return list(g)
show(gen_scope)
def late_iter():
    try:
        g = (i for i in undefined_seq)
    except NameError as e:
        return "eager " + str(e)
show(late_iter)
def args_shadow(list=list, *, print=print):
    return list("ab")
show(args_shadow)
lam = lambda *a, k=(lambda: 5)(), **kw: (a, k, kw)
print(lam(1, z=2), (lambda: (yield))().__class__.__name__)
def recursive_default(f=None): return f
print(recursive_default.__defaults__, recursive_default.__kwdefaults__)
recursive_default.__defaults__ = (42,)
print(recursive_default())
recursive_default.__code__ = (lambda f: f * 2).__code__
print(recursive_default(), recursive_default.__name__)
