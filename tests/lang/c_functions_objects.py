# Function objects: attributes, code, signatures, rebinding.
def f(a, b=1, *c, d, e=2, **g):
    "doc"
    x = a
    return x
c = f.__code__
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__, c.co_argcount, c.co_kwonlyargcount, c.co_varnames, c.co_name, c.co_flags & 12)
f.__name__ = "renamed"
f.__defaults__ = (10,)
f.__kwdefaults__ = {"d": 5, "e": 6}
f.__doc__ = None
print(f.__name__, f(1), f.__doc__)
def g(x): return x + 1
def h(x): return x * 100
print(g(2), end=" ")
g.__code__ = h.__code__
print(g(2))
def k(x: int, y: "str" = "a") -> list: pass
print(k.__annotations__)
class C:
    y: int = 5
    z: str
print(C.__annotations__, C().y)
def outer():
    def inner(): pass
    return inner
print(outer().__qualname__, (lambda: 0).__qualname__, C.__qualname__)
print(type(f).__name__, type(len).__name__, type(C().__init__).__name__, len.__name__, "x".join.__name__)
try:
    f.__code__ = 5
except TypeError as e:
    print(e)
F = type(f)
nf = F(h.__code__, {}, "made")
print(nf(3), nf.__name__)
