# __slots__ and inheritance, layouts, weakrefs, dict mixing.
def show(f, *a):
    try:
        print(f(*a))
    except BaseException as e:
        print(type(e).__name__, e)
class A:
    __slots__ = ("a",)
class B(A):
    __slots__ = ("b", "c")
class C(B): pass
class D(A): __slots__ = ()
class E(D): __slots__ = ("a", "z")
b = B(); b.a = 1; b.b = 2
show(setattr, b, "q", 1)
show(getattr, b, "c")
show(lambda: b.__dict__)
c = C(); c.a = 1; c.q = 5; c.c = 3
print(c.__dict__, c.c, A.a.__get__(c), B.b, A.a.__name__, A.a.__objclass__)
e = E(); e.a = "E"; A.a.__set__(e, "A"); print(e.a, A.a.__get__(e))
show(lambda: A.a.__get__(5))
show(lambda: type("Z", (A, type("Y", (), {"__slots__": ("y",)})), {}))
print(type("Z", (A, type("Y", (), {})), {"__slots__": ()})().__dict__)
show(lambda: type("Z", (), {"__slots__": 5}))
show(lambda: type("Z", (), {"__slots__": ["a b"]}))
show(lambda: type("Z", (), {"__slots__": [5]}))
show(lambda: type("Z", (), {"__slots__": ("__dict__", "__dict__")}))
show(lambda: type("Z", (int,), {"__slots__": ("x",)}))
show(lambda: type("Z", (tuple,), {"__slots__": ("x",)}))
show(lambda: type("Z", (tuple,), {"__slots__": ()})((1, 2)))
show(lambda: type("Z", (), {"__slots__": ("x", "x")})().x)
show(lambda: type("Z", (), {"__slots__": "single"})().single)
show(lambda: type("Z", (), {"__slots__": {"k": "doc of k"}}).k.__doc__)
import _weakref as weakref
show(lambda: weakref.ref(A()))
class W:
    __slots__ = ("__weakref__",)
w = W()
print(weakref.ref(w)() is w)
class L(list):
    __slots__ = ("tag",)
l = L([1]); l.tag = 5; l.append(2); print(l, l.tag)
show(setattr, l, "x", 1)
class DD(dict):
    pass
d = DD(a=1); d.x = 2; print(d, d.x, d.__dict__)
class Big:
    __slots__ = tuple("f%d" % i for i in range(40))
g = Big()
for i in range(40): setattr(g, "f%d" % i, i)
print(sum(getattr(g, "f%d" % i) for i in range(40)))
del g.f3
show(lambda: g.f3)
show(delattr, g, "f3")
class Many: pass
m = Many()
for i in range(100): setattr(m, "x%d" % i, i)
for i in range(0, 100, 3): delattr(m, "x%d" % i)
print(len(m.__dict__), sum(m.__dict__.values()), list(m.__dict__)[:3])
m.__dict__["new"] = 1; m.x0 = "again"; print(m.new, list(m.__dict__)[-2:])
m.__dict__.clear(); show(lambda: m.x1); m.y = 1; print(m.__dict__, vars(m) is m.__dict__)
d = m.__dict__; m.z = 2; print(d); del d["y"]; show(lambda: m.y); d.update(k=3); print(m.k, sorted(d))
class Priv:
    __x = 1
    def f(self): return self.__x, [self.__x for _ in range(1)], (lambda: self.__x)()
    class In:
        __y = 2
        def g(self): return self.__y
    def __m(self): return "m"
    def h(self, __arg=1): __loc = 2; return self.__m(), __arg, sorted(locals())
print(Priv().f(), Priv.In().g(), Priv().h(), [k for k in Priv.__dict__ if "__" in k[1:3] or k.startswith("_P")])
class Desc(A):
    a = property(lambda s: "prop")
x = Desc(); A.a.__set__(x, 9); print(x.a, A.a.__get__(x))
class Copy(A):
    def __init__(self, a): self.a = a
    def __eq__(self, o): return self.a == o.a
    def __hash__(self): return hash(self.a)
print(Copy(1) == Copy(1), {Copy(2): 3}[Copy(2)])
