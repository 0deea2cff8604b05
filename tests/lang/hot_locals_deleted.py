# Locals unbound, rebound and read through locals().
def f(n):
    t = 0
    x = 1
    for i in range(n):
        if i % 100 == 50:
            del x
        try:
            t += x
        except UnboundLocalError as e:
            t += len(str(e))
            x = i
    return t
print(f(2000))
def g(n):
    for i in range(n):
        if i == 700:
            y = 5
        if i >= 700:
            y += 1
    return y
print(g(1500))
def h(n):
    try:
        for i in range(n):
            if i > 900:
                z = z + 1
    except UnboundLocalError as e:
        return i, str(e)
print(h(1500))
def k(n):
    s = 0
    for i in range(n):
        if i % 500 == 0:
            s += len(locals())
    return s
print(k(1200))
def sw(n):
    a, b, c = 1, 2.0, "3"
    for i in range(n):
        a, b, c = b, c, a
    return a, b, c
print(sw(1000), sw(1001), sw(1002))
