# Classes: metaclasses, hooks, MRO, __class__ cell, super in odd places.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
    except BaseException as e:
        print(type(e).__name__, e)
    else:
        print(r)
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw)
        return {"prepared": 1}
    def __new__(mcs, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")), kw)
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        print("call", cls.__name__, a, k)
        return super().__call__(*a, **k)
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, o): return o is int
    def __getattr__(cls, n): return "meta " + n
    def __len__(cls): return 7
    def __iter__(cls): return iter("abc")
    def __contains__(cls, x): return x == 1
    def __getitem__(cls, i): return ("item", i)
    def __repr__(cls): return "<M %s>" % cls.__name__
    def __add__(cls, o): return "added"
    prop = property(lambda cls: "prop of " + cls.__name__)
class A(metaclass=Meta, x=1):
    def __init__(self, v=0): self.v = v
class B(A, y=2): z = 1
print(B(3).v, isinstance(5, A), issubclass(int, A), isinstance("x", A), A.foo, len(A), list(A), 1 in A, A[2], A, B + 1, A.prop, bool(A))
show(lambda: A().prop)
show(lambda: A().foo)
print(type(B) is Meta, B.__mro__, B.prepared)
class S:
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        print("sub", cls.__name__, tag)
class T(S, tag="t"): pass
class U(T): pass
show(lambda: type("V", (S,), {}, tag=3).tag)
show(lambda: type("V", (S,), {}, bad=3))
show(lambda: type("V", (), {}, bad=3))
class D:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name); self.name = name
    def __get__(self, o, t): return ("get", self.name, o is None, t.__name__)
    def __set__(self, o, v): o.__dict__[self.name] = ("set", v)
    def __delete__(self, o): print("delete", self.name)
class N:
    def __get__(self, o, t): return "nondata"
class W:
    d = D()
    n = N()
w = W()
w.d = 5
print(w.d, w.__dict__, W.d)
del w.d
w.n = 1
print(w.n, W.n)
w.__dict__["d"] = "shadow"
print(w.d)
class BadName:
    def __set_name__(self, o, n): raise ValueError("bad name")
try:
    class X:
        b = BadName()
except RuntimeError as e:
    print(e, "|", repr(e.__cause__))
class P:
    def __init__(self): self._x = 1
    @property
    def x(self):
        "doc of x"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): print("del x")
    @property
    def ro(self): return 1
    wo = property(fset=lambda s, v: print("wo", v))
    @property
    def raises(self): raise AttributeError("inner")
    def __getattr__(self, n): return "fallback " + n
p = P()
p.x = 2
print(p.x, P.x.__doc__, P.x.fget.__name__)
del p.x
show(setattr, p, "ro", 1)
show(delattr, p, "ro")
show(getattr, p, "wo")
p.wo = 3
print(p.raises, p.other)
show(lambda: property().__get__(1))
class Q:
    @property
    def raises(self): raise AttributeError("inner")
show(lambda: Q().raises)
class X1: pass
class Y1: pass
class XY(X1, Y1): pass
class YX(Y1, X1): pass
show(lambda: type("Z", (XY, YX), {}))
show(lambda: type("Z", (X1, X1), {}))
show(lambda: type("Z", (int, str), {}))
show(lambda: type("Z", (bool,), {}))
show(lambda: type("Z", (5,), {}))
show(lambda: type("Z", (X1, object), {}).__mro__)
show(lambda: type("Z", (object, X1), {}))
class M1(type): pass
class M2(type): pass
class C1(metaclass=M1): pass
class C2(metaclass=M2): pass
def conflict():
    class C3(C1, C2): pass
show(conflict)
def meta_func(name, bases, ns): return (name, bases, sorted(k for k in ns))
class F(1 .__class__, metaclass=meta_func): a = 1
print(F)
class Diamond0:
    def f(self): return ["0"]
class Diamond1(Diamond0):
    def f(self): return ["1"] + super().f()
class Diamond2(Diamond0):
    def f(self): return ["2"] + super().f()
class Diamond3(Diamond1, Diamond2):
    def f(self): return ["3"] + super().f()
    def g(self): return [super(Diamond1, self).f(), super().f(), [s for s in [1] if super(Diamond3, self).f()]]
    def cell(self): return __class__
    @classmethod
    def cm(cls): return super().__thisclass__.__name__, __class__.__name__
    def nested(self):
        def inner(): return super(Diamond3, self).f()
        return inner()
    def in_lambda(self): return (lambda s: super().f())(self)
    def noself(): return super()
print(Diamond3().f(), Diamond3().g(), Diamond3().cell(), Diamond3.cm(), Diamond3().nested(), Diamond3().in_lambda())
show(Diamond3.noself)
def outside(): return super()
show(outside)
def outside2(x): return super()
show(outside2, 1)
show(lambda: super(int, "a").foo)
show(lambda: super(int, 5).foo)
print(super(Diamond3, Diamond3()), super(int))
class Late:
    def f(self): return __class__
    g = f
print(Late().f() is Late, [k for k in Late.__dict__ if "cell" in k])
try:
    class Early(metaclass=lambda n, b, d: type(n, b, {k: v for k, v in d.items() if k != "__classcell__"})):
        def f(self): return __class__
    Early().f()
except RuntimeError as e:
    print(type(e).__name__, e)
except NameError as e:
    print(type(e).__name__, e)
class E:
    __eq__ = None
    __hash__ = None
    __iter__ = None
    __contains__ = None
    __len__ = None
show(lambda: E() == 1)
show(lambda: hash(E()))
show(lambda: iter(E()))
show(lambda: 1 in E())
show(lambda: len(E()))
class G:
    x = 1
    y = [x for _ in range(2)] if False else x
    def __getattribute__(self, n):
        if n == "boom": raise AttributeError("from getattribute")
        return object.__getattribute__(self, n)
    def __getattr__(self, n): return "ga:" + n
print(G().boom, G().x, G().zz)
class H:
    def __setattr__(self, n, v): object.__setattr__(self, n, (n, v))
    def __delattr__(self, n): print("delattr", n)
h = H(); h.a = 1; del h.a; print(h.a, vars(h))
class I(int):
    def __new__(cls, v, *, tag): o = super().__new__(cls, v); o.tag = tag; return o
    def __init__(self, v, *, tag): print("init", v, tag)
i = I(5, tag="t"); print(i + 1, i.tag, type(i + 1).__name__, i.__dict__)
class NotInst:
    def __new__(cls): return 42
    def __init__(self): print("never")
print(NotInst())
o = X1(); o.__class__ = Y1; print(type(o).__name__)
show(setattr, o, "__class__", int)
show(setattr, o, "__class__", 5)
show(setattr, o, "__dict__", 5)
o.__dict__ = {"q": 1}; print(o.q)
show(setattr, 5, "x", 1)
show(setattr, int, "x", 1)
show(delattr, X1, "nope")
X1.__name__ = "Renamed"; print(X1.__name__, X1.__qualname__, X1)
show(setattr, X1, "__name__", 5)
show(setattr, X1, "__bases__", (int,))
class Base1: who = "b1"
class Base2: who = "b2"
class Sw(Base1): pass
s = Sw(); Sw.__bases__ = (Base2,); print(s.who, Sw.__mro__[1].__name__, Base1.__subclasses__(), [c.__name__ for c in Base2.__subclasses__()])
class Call:
    __call__ = lambda self, *a: ("called", a)
print(Call()(1, 2))
inst = Call(); inst.__call__ = lambda: "inst"; print(inst())
class Len:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
show(len, Len(-1)); show(len, Len("a")); show(len, Len(2**70)); show(bool, Len(0)); show(bool, Len(3))
class BoolBad:
    def __bool__(self): return 1
show(bool, BoolBad())
class StrBad:
    def __str__(self): return 5
    def __repr__(self): return 6
    def __format__(self, s): return 7
    def __hash__(self): return "a"
    def __index__(self): return 1.5
    def __int__(self): return "x"
    def __float__(self): return 3
    def __bytes__(self): return "s"
    def __dir__(self): return 5
    def __length_hint__(self): return "h"
    def __iter__(self): return 5
for f in (str, repr, format, hash, int, float, bytes, dir, list, lambda x: [1][x], lambda x: "%s" % x, lambda x: f"{x!r}"):
    show(f, StrBad())
class Dummy:
    a = 1
    def b(self): pass
    @staticmethod
    def c(): pass
    @classmethod
    def d(cls): pass
print(Dummy.b.__qualname__, Dummy().b.__func__ is Dummy.b, Dummy.c.__name__, Dummy.d.__self__ is Dummy, Dummy().b == Dummy().b, Dummy.__module__)
d1 = Dummy(); print(d1.b == d1.b, d1.b is d1.b, hash(d1.b) == hash(d1.b))
def qual():
    class In:
        def m(self):
            def deep(): pass
            return deep
    return In
print(qual().__qualname__, qual()().m().__qualname__, (lambda: 0).__qualname__)
