# Descriptors: data, non-data, __set_name__, __delete__.
class D:
    def __set_name__(self, owner, name): self.name = name; print("name", owner.__name__, name)
    def __get__(self, o, t=None):
        return self if o is None else o.__dict__.get("_" + self.name, "unset")
    def __set__(self, o, v): o.__dict__["_" + self.name] = v * 2
    def __delete__(self, o): del o.__dict__["_" + self.name]
class N:
    def __get__(self, o, t=None): return ("N", o is None, t.__name__)
class C:
    d = D()
    n = N()
c = C()
print(c.d)
c.d = 5
print(c.d, c.__dict__, C.d is C.__dict__["d"], c.n, C.n)
c.__dict__["d"] = "hidden"
c.n = "own"
print(c.d, c.n)
del c.d
del c.n
print(c.d, c.n)
class RO:
    def __get__(self, o, t): return 1
    def __set__(self, o, v): raise AttributeError("read only")
class E:
    r = RO()
try:
    E().r = 5
except AttributeError as e:
    print(e)
class Cached:
    def __init__(self, f): self.f = f
    def __set_name__(self, o, n): self.n = n
    def __get__(self, o, t=None):
        v = o.__dict__[self.n] = self.f(o)
        return v
class K:
    @Cached
    def big(self):
        print("computed")
        return 99
k = K()
print(k.big, k.big)
f = lambda self: "bound " + type(self).__name__
print(f.__get__(5)(), f.__get__(k, K)())
class SetOnly:
    def __set__(self, o, v): o.__dict__["s"] = v
class G:
    s = SetOnly()
g = G()
print(type(g.s).__name__)
g.s = 3
print(g.s)
C.late = D()
try:
    c.late
except AttributeError as e:
    print(e)
