# Methods and attributes of a class rebound during a hot loop.
class A:
    k = 1
    def f(self, x):
        return x + self.k
class B(A):
    pass
def run(o, n):
    t = 0
    marks = []
    for i in range(n):
        t += o.f(i)
        if i == 500:
            A.f = lambda self, x: x - self.k
        if i == 1000:
            A.k = 5
        if i == 1500:
            o.k = 7
        if i == 2000:
            type(o).f = lambda self, x: 100
        if i == 2300:
            o.f = lambda x: 1000
        if i == 2500:
            del o.f
        if i == 2600:
            del o.k
        if i % 250 == 0:
            marks.append(t)
    return t, marks
print(run(B(), 3000))
def swap(n):
    class X:
        def v(self): return 1
    class Y:
        def v(self): return 2
    o = X()
    t = 0
    for i in range(n):
        t = t * 2 % 10007 + o.v()
        if i % 300 == 299:
            o.__class__ = Y if type(o) is X else X
    return t, type(o).__name__
print(swap(2000))
def bases(n):
    class P:
        def w(self): return "p"
    class Q:
        def w(self): return "q"
    class D(P): pass
    o = D()
    s = ""
    for i in range(n):
        if i % 100 == 0:
            s += o.w()
        o.w()
        if i == 600:
            D.__bases__ = (Q,)
    return s
print(bases(1200))
