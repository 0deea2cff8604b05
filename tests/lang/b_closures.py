# Closures, cells, late binding, nonlocal.
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get():
        return n
    return inc, get
a, ga = counter()
b, gb = counter()
print(a(), a(5), b(), ga(), gb())
def adder(x):
    return lambda y: x + y
print(adder(1)(2), [adder(i)(10) for i in range(3)])
def late():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    i = 100
    return [f() for f in fs]
print(late())
def deep(a):
    def m(b):
        def n(c):
            nonlocal a, b
            a += 1
            b += a
            return a, b, c
        return n
    return m
d = deep(1)(2)
print(d(0), d(0))
def shadow(x):
    def f():
        x = 5
        return x
    return f(), x
print(shadow(1))
def unbound():
    def f():
        return v
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    v = 3
    return f()
print(unbound())
print(adder(5).__closure__[0].cell_contents, adder.__closure__, adder(1).__code__.co_freevars)
def delcell():
    x = 1
    def f():
        return x
    del x
    try:
        return f()
    except NameError as e:
        return str(e)
print(delcell())
class K:
    x = 1
    def m(self):
        return [x for x in range(2)], [self.x for _ in range(2)]
print(K().m())
