def f(a, b, c):
    x = a or b and c
    y = a if b else c
    if a and (b or not c):
        return x
    if not (a and b):
        return y
    return a < b < c, a is None, a is not b, a not in (1, 2), not a in [b]

def g(a, b):
    if a < 1 <= b:
        return 1
    while a is not None and b in [1, 2, 3]:
        a = b
    return 0 or a or 5 or b
