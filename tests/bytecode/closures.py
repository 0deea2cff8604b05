def outer(a):
    b = 1
    def inner(c):
        nonlocal b
        b += a
        del c
        return lambda: (a, b)
    try:
        return inner
    finally:
        del b

def g():
    x = 1
    class C:
        x = x
        def f(self):
            return x
    return C
