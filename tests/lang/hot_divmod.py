# Division and modulo with changing signs and zero.
def f(a, b):
    try:
        return a // b, a % b
    except ZeroDivisionError as e:
        return str(e), 0
t = 0
errs = 0
for i in range(-1500, 1500):
    q, r = f(i * 7, i % 11 - 5)
    if isinstance(q, str):
        errs += 1
    else:
        t += q * 3 + r
        assert q * (i % 11 - 5) + r == i * 7
print(t, errs)
def g(n):
    s = 0.0
    bad = 0
    for i in range(n):
        try:
            s += 100 / (i % 50 - 25) + (i - 500.5) % -7 + (i - 700) // 2.5
        except ZeroDivisionError:
            bad += 1
    return s, bad
print(g(1000))
def powmod(n):
    x = 3
    for i in range(n):
        x = pow(x, 5, 1000003) ** 2 % 99991 + i
    return x
print(powmod(1000))
