def f(a, b):
    a, b = b, a
    x = y = a
    (p, q), *r = b
    a.x, a[0] = 1, 2
    a.x += 1
    a[b] *= 2
    a, b, c = b, c, a
    [x, y] = [y, x]
    del x, a.x, a[0]
