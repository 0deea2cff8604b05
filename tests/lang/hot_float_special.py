# nan, -0.0 and infinities passing through hot float loops.
def step(x, y):
    return x * y + 1.0
def run():
    inf, nan = float("inf"), float("nan")
    out = []
    for special in (inf, -inf, nan, -0.0, 1e308, 5e-324):
        x = 0.5
        n = 0
        for i in range(1200):
            x = step(x, 0.5)
            if i == 800:
                x = special
            if x != x:
                n += 1
            if x < 1.0:
                n += 2
            if x >= 2.0:
                n += 3
        out.append((special, x, n))
    return out
for r in run():
    print(r)
def zeros():
    neg = 0
    z = 0.0
    for i in range(1000):
        z = -z
        if str(z) == "-0.0":
            neg += 1
        assert z == 0
    return neg, z, z * -1, 0 * -1.0, z + 0
print(zeros())
def cmp_nan(vals):
    a = b = c = d = 0
    for v in vals:
        if v < 1: a += 1
        if not v >= 1: b += 1
        if v == v: c += 1
        if v: d += 1
    return a, b, c, d
print(cmp_nan([0.5] * 500 + [float("nan")] * 500 + [0.0, -0.0, 2.0]))
def maxmin():
    m = 0.0
    for i in range(1000):
        m = max(m, i % 37 * 1.5) if i % 2 else min(m, -i * 0.5)
    return m
print(maxmin())
