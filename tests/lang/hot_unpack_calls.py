# Tuple unpacking, star calls and keyword calls in hot loops.
def f(a, b, c=3, *args, d=4, **kw):
    return a + b * 2 + c * 3 + sum(args) + d * 5 + sum(kw.values())
t = 0
for i in range(2000):
    args = (i, i + 1) + (2,) * (i % 4)
    kw = {"d": i % 3} if i % 2 else {"e": 7, "g": i}
    t += f(*args, **kw) + f(1, b=i) + f(i, 2, d=i)
print(t)
pairs = [(i, i * 2) for i in range(1000)] + [[1.5, 2]] * 300 + ["ab"] * 200
s = 0
for a, b in pairs:
    try:
        s += a - b
    except TypeError:
        s += 1000
print(s)
bad = 0
for i in range(1500):
    try:
        x, y, *z = range(i % 5)
        bad += len(z)
    except ValueError as e:
        bad += 100 if "not enough" in str(e) else 5
print(bad)
e = 0
for i in range(1200):
    try:
        f(1) if i % 50 == 0 else f(1, 2)
    except TypeError as x:
        e += len(str(x))
print(e)
