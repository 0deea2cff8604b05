# Comparisons with changing operand types.
def lt(a, b):
    return a < b
c = 0
for i in range(2500):
    if i < 800: r = lt(i % 7, 3)
    elif i < 1200: r = lt(i % 7 / 2, 1)
    elif i < 1500: r = lt(str(i % 9), "5")
    elif i < 1800: r = lt((i % 3, 1), (1, i % 2))
    elif i < 2000: r = lt(2 ** 70 + i, 2 ** 70 + 1900)
    else:
        try:
            r = lt(i, str(i))
        except TypeError:
            r = 10
    c += r
print(c)
def eq(n):
    vals = [0, 0.0, False, None, "", "0", (), [], 1, True, 1.0, float("nan"), 2 ** 64]
    t = 0
    for i in range(n):
        a, b = vals[i % 13], vals[i // 13 % 13]
        t = t * 2 % 1000003 + (a == b) + (a is b) * 0 + (a != b) * 3
    return t
print(eq(2000))
def chain(n):
    t = 0
    for i in range(n):
        if 100 < i <= 500 != 300 < 1000: t += 1
        if not i < 50 or i > 1400 and i % 2: t += 3
        t += 5 if i in (1, 2, 3) else 0
        t += i in range(10, 1000, 7)
        t += None is None
    return t
print(chain(1500))
