# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__.
class A:
    real = 1
    def __getattr__(self, n):
        if n.startswith("x"):
            return "dyn " + n
        raise AttributeError("no " + n)
    def __setattr__(self, n, v):
        print("set", n, v)
        object.__setattr__(self, n, v)
    def __delattr__(self, n):
        print("del", n)
        super().__delattr__(n)
a = A()
a.y = 5
print(a.y, a.real, a.xyz, hasattr(a, "q"), getattr(a, "q", "dflt"))
del a.y
try:
    a.y
except AttributeError as e:
    print(e)
class B:
    v = 1
    def __getattribute__(self, n):
        if n == "magic":
            return 42
        return object.__getattribute__(self, n)
    def __getattr__(self, n): return "fallback " + n
b = B()
b.w = 3
print(b.magic, b.v, b.w, b.none)
class P:
    def __init__(self, o): self.__dict__["o"] = o
    def __getattr__(self, n): return getattr(self.o, n)
    def __setattr__(self, n, v): setattr(self.o, n, v)
p = P(B())
p.k = 9
print(p.k, p.o.k, p.v, "k" in p.__dict__)
class E:
    @property
    def bad(self): raise AttributeError("inside")
    def __getattr__(self, n): return "got " + n
print(E().bad)
class D:
    def __dir__(self): return ["b", "a"]
print(dir(D()))
class S:
    def __len__(self): return 1
s = S()
s.__len__ = lambda: 99
print(len(s), s.__len__())
