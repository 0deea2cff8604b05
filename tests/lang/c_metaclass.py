# Metaclasses.
class Meta(type):
    made = []
    def __new__(m, name, bases, ns, **kw):
        c = super().__new__(m, name, bases, ns)
        m.made.append((name, sorted(k for k in ns if not k.startswith("__")), kw))
        return c
    def __init__(c, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        c.tag = name.lower()
    def __call__(c, *a):
        print("call", c.__name__, a)
        return super().__call__(*a)
    def __len__(c): return 42
    def __getattr__(c, n): return "meta " + n
    def __iter__(c): return iter("it")
    def __contains__(c, x): return x == 1
    @property
    def p(c): return c.__name__ + "!"
    def cm(c): return "cm " + c.__name__
class A(metaclass=Meta):
    x = 1
    def __init__(self, v): self.v = v
class B(A, flag=3):
    pass
print(Meta.made, A.tag, B.tag, type(B) is Meta, A(5).v, len(B), B.zip, list(A), 1 in A, B.p, A.cm())
try:
    A(1).zip
except AttributeError as e:
    print(e)
class Prep(type):
    @classmethod
    def __prepare__(m, name, bases):
        return {"injected": 7}
class C(metaclass=Prep):
    y = injected + 1
print(C.y, C.injected)
class Other(type): pass
try:
    class D(A, metaclass=Other): pass
except TypeError as e:
    print(e)
class Single(type):
    inst = {}
    def __call__(c, *a):
        if c not in Single.inst:
            Single.inst[c] = super().__call__(*a)
        return Single.inst[c]
class S(metaclass=Single): pass
print(S() is S())
def fmeta(n, b, d): return (n, b, sorted(d)[-1])
class F(metaclass=fmeta):
    z = 1
print(F)
class I(type):
    def __instancecheck__(c, o): return o == 5
    def __subclasscheck__(c, o): return o is int
class J(metaclass=I): pass
print(isinstance(5, J), isinstance(6, J), issubclass(int, J), issubclass(str, J))
