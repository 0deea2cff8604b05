# Default values are made once.
def f(x, acc=[]):
    acc.append(x)
    return acc
print(f(1), f(2), f(3, []), f(4))
i = 5
def g(a=i):
    return a
i = 6
print(g(), g(7))
def h(a, b=None, *, c="c"):
    b = {} if b is None else b
    b[a] = c
    return b
print(h(1), h(2, c=3), h(3, {0: 0}))
fs = [lambda x=x: x for x in range(3)]
print([k() for k in fs])
g.__defaults__ = (99,)
print(g())
