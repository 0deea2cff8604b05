# Star arguments at calls and in definitions.
def f(*a, **k):
    return a, k
print(f(), f(1), f(*[1, 2], 3, *(4,)), f(**{"a": 1}, b=2), f(*"ab", **dict(c=3)), f(*range(3)), f(*{"k": 1}))
def g(x, *a):
    a += (x,)
    return a
print(g(1, 2, 3))
args = [1, 2]
f1 = lambda *args: args
print(f1(*args) == tuple(args), f1(args))
def wrap(fn):
    def inner(*a, **k):
        return ("w", fn(*a, **k))
    return inner
print(wrap(f)(1, z=2), wrap(wrap(max))(3, 4))
def gen():
    yield 1
    yield 2
print(f(*gen(), *(x for x in "z")))
