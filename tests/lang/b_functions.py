# Functions: calls, returns, recursion, functions as values.
def f(a, b=2, *args, c=3, **kw):
    return a, b, args, c, kw
print(f(1), f(1, 5), f(1, 2, 3, 4), f(1, c=9), f(1, z=1, y=2), f(*[1, 2, 3], **{"c": 4, "d": 5}), f(b=1, a=2))
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
print(fact(10), fact(25))
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(1071, 462))
def none():
    return
def multi():
    return 1, 2, 3
print(none(), multi())
def apply(g, *a):
    return g(*a)
print(apply(max, 1, 5, 3), apply(lambda x: x * x, 7), apply(apply, abs, -3))
print(f.__name__, f.__defaults__, f.__kwdefaults__, fact.__doc__)
def doc(x: int = 1) -> str:
    """the doc"""
print(doc.__doc__, doc.__annotations__)
f.attr = 5
print(f.attr, f.__dict__)
def is_even(n):
    return n == 0 or is_odd(n - 1)
def is_odd(n):
    return n != 0 and is_even(n - 1)
print(is_even(50), is_odd(50))
def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(8, "a", "b", "c"))
