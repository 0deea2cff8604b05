# super() and class methods in hot loops.
class A:
    made = 0
    def __init__(self, v):
        self.v = v
        A.made += 1
    def f(self, x): return x + self.v
    @classmethod
    def new(cls, v): return cls(v)
    @staticmethod
    def st(x): return x ^ 5
class B(A):
    def __init__(self, v, w=2):
        super().__init__(v)
        self.w = w
    def f(self, x): return super().f(x) * self.w
class C(B):
    def f(self, x): return super().f(x) - 1
t = 0
for i in range(2000):
    o = (A, B, C)[i % 3].new(i)
    t = (t + o.f(i) + o.st(i) + A.st(1)) % 1000003
    if i == 1000:
        A.f = lambda self, x: x * 2 + self.v
    if i == 1500:
        B.new = classmethod(lambda cls, v: cls(v, 5))
print(t, A.made)
