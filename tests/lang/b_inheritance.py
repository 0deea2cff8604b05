# Inheritance, overriding, super.
class A:
    def __init__(self, n):
        self.n = n
    def hello(self):
        return "A" + str(self.n)
    def call(self):
        return self.hello()
class B(A):
    def __init__(self, n, m):
        super().__init__(n)
        self.m = m
    def hello(self):
        return "B" + super().hello() + str(self.m)
class C(B):
    def hello(self):
        return "C" + super(C, self).hello()
for o in (A(1), B(1, 2), C(3, 4)):
    print(o.hello(), o.call(), type(o).__name__, isinstance(o, A), isinstance(o, B))
print(issubclass(C, A), issubclass(A, C), C.__bases__ == (B,), [k.__name__ for k in C.__mro__])
class L(list):
    def sum(self):
        return sum(self)
    def append(self, v):
        super().append(v * 2)
l = L([1, 2])
l.append(5)
print(l, l.sum(), len(l), isinstance(l, list), l + [1], type(l + [1]).__name__)
class I(int):
    def __add__(self, o):
        return I(int(self) + int(o) + 100)
print(I(1) + 2, I(1) * 2, type(I(1) + 2).__name__, I(5) == 5, sorted([I(3), 1, 2]))
class D(dict):
    def __missing__(self, k):
        return k * 2
print(D(a=1)["a"], D()["zz"], D().get("x"))
class S(str):
    def shout(self):
        return self.upper() + "!"
print(S("hi").shout(), S("a") + "b", len(S("abc")))
