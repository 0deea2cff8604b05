# Closure variables changed by others during a hot loop.
def run(n):
    k = 1
    def bump():
        nonlocal k
        k += 1
    def flip(v):
        nonlocal k
        k = v
    t = 0
    for i in range(n):
        t += k
        if i % 100 == 0:
            bump()
        if i == 1000:
            flip(0.5)
        if i == 1500:
            flip(2 ** 62)
    return t, k
print(run(2000))
def makers(n):
    fs = []
    for i in range(n):
        def f(x, y=i):
            return x + y + i
        fs.append(f)
    return sum(f(1) for f in fs)
print(makers(1200))
def counters(n):
    def make():
        c = 0
        def inc():
            nonlocal c
            c += 1
            return c
        return inc
    a, b = make(), make()
    t = 0
    for i in range(n):
        t += a() if i % 3 else b()
    return t, a(), b()
print(counters(2000))
def rebind(n):
    f = lambda x: x + 1
    def call(x):
        return f(x)
    t = 0
    for i in range(n):
        t = call(t)
        if i == 900:
            f = lambda x: x - 2
    return t
print(rebind(1500))
