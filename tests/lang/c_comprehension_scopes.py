# Scopes of comprehensions, classes and generators.
x = 10
class A:
    x = 1
    y = [x for _ in range(2)]
    z = [i for i in range(x)]
    def f(self): return x
    w = (lambda: x)()
print(A.y, A.z, A().f(), A.w)
def f():
    x = 5
    class B:
        y = x
        x = 7
        z = x
    return B.z, B.x
try:
    print(f())
except NameError as e:
    print(e)
def g():
    x = 5
    class B:
        v = x
        def m(self): return x
    return B.v, B().m()
print(g())
def h(n):
    return [[(i, j, n) for j in range(i)] for i in range(n)], {k: (lambda: k)() for k in range(n)}
print(h(3))
def w():
    r = [(y := i) for i in range(4)]
    return y, r
print(w())
gens = [(i * j for j in range(3)) for i in range(3)]
print([list(g) for g in gens])
it = iter(range(10))
print(list((a, next(it)) for a in it))
def late():
    v = 1
    g = (v for _ in range(2))
    v = 2
    return list(g)
print(late())
try:
    list(i for i in 5)
except TypeError as e:
    print(e)
