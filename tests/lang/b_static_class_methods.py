# Static methods, class methods, class attributes.
class A:
    n = 0
    items = []
    @classmethod
    def make(cls, *a):
        cls.n += 1
        return cls()
    @staticmethod
    def add(a, b):
        return a + b
    def inst(self):
        return type(self).__name__, self.n
class B(A):
    n = 100
a, b = A.make(), B.make()
B.make()
print(A.n, B.n, a.inst(), b.inst(), A.add(1, 2), b.add(3, 4))
a.items.append(1)
b.items.append(2)
print(A.items, B.items is A.items)
a.n = 55
print(a.n, A.n)
f = B.make
print(f().inst(), f.__self__ is B, A.__dict__["make"].__class__.__name__)
class C(A):
    @classmethod
    def make(cls):
        return "C", super().make().inst()
print(C.make(), C.n, A.n)
