def f(g, *args, **kw):
    g()
    g(1, g(2), x=3)
    g.m(1).n(a=2)
    g(*args)
    g(1, *args, 2, x=1, **kw, y=2)
    g(**kw)
    x = g(1)
    return g.m(*args)
