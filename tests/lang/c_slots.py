# __slots__.
class A:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1
a = A()
print(a.x, A.__slots__, hasattr(a, "__dict__"))
for f in (lambda: a.y, lambda: setattr(a, "z", 1), lambda: delattr(a, "y")):
    try:
        f()
    except AttributeError as e:
        print(type(e).__name__, e)
a.y = 2
del a.x
print(a.y, hasattr(a, "x"), type(A.x).__name__)
class B(A):
    __slots__ = ["z"]
b = B()
b.z = b.y = 5
print(b.x, b.y, b.z)
class C(A): pass
c = C()
c.anything = 1
print(c.__dict__, c.x)
try:
    class D:
        __slots__ = ("v",)
        v = 1
except ValueError as e:
    print(e)
class E:
    __slots__ = ("__dict__", "q")
e = E()
e.q = e.r = 1
print(e.__dict__)
class P:
    __slots__ = ("__priv",)
    def __init__(self): self.__priv = 3
    def get(self): return self.__priv
print(P().get(), P()._P__priv)
