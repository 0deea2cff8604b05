# Decorators of functions and classes.
def trace(f):
    def w(*a):
        print("call", f.__name__, a)
        r = f(*a)
        print("ret", r)
        return r
    w.__name__ = f.__name__
    return w
def times(n):
    def deco(f):
        return lambda *a: [f(*a) for _ in range(n)]
    return deco
@times(2)
@trace
def add(a, b):
    return a + b
print(add(1, 2))
def register(cls):
    cls.tag = cls.__name__.lower()
    return cls
@register
class Thing:
    @staticmethod
    def s(x):
        return x
    @classmethod
    def c(cls):
        return cls.__name__
print(Thing.tag, Thing.s(1), Thing().s(2), Thing.c(), Thing().c())
class Memo:
    def __init__(self, f):
        self.f, self.d = f, {}
    def __call__(self, n):
        if n not in self.d:
            self.d[n] = self.f(n)
        return self.d[n]
@Memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), len(fib.d))
