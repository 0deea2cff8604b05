# Keyword-only and positional-only parameters.
def f(a, /, b, *, c=1, d):
    return (a, b, c, d)
print(f(1, 2, d=3), f(1, b=2, d=3, c=4))
for call in ("f(a=1, b=2, d=3)", "f(1, 2, 3, d=4)", "f(1, 2)"):
    try:
        print(eval(call))
    except TypeError as e:
        print(e)
def g(a, /, **kw):
    return a, kw
print(g(1, a=2))
def h(*args, sep=" ", **kw):
    return sep.join(map(str, args)), sorted(kw.items())
print(h(1, 2, sep="-", z=1, y=2))
def o(**kw):
    return list(kw)
print(o(z=1, a=2, m=3), o(**{"b": 1}, **{"a": 2}))
