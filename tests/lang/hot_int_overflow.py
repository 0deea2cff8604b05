# Counters that cross 2**31, 2**49, 2**50, 2**62 and 2**63 in hot loops.
def climb(start, step, n):
    x = start
    for _ in range(n):
        x += step
    return x
def drop(start, step, n):
    x = start
    for _ in range(n):
        x -= step
    return x
for p in (30, 31, 32, 48, 49, 50, 51, 52, 53, 61, 62, 63, 64, 100):
    b = 1 << p
    print(p, climb(b - 1000, 1, 2000), drop(-b + 1000, 1, 2000), climb(-b - 500, 1, 1000), drop(b + 500, 1, 1000))
def mul(n):
    x = 1
    out = []
    for i in range(n):
        x = x * 3
        if i % 20 == 0:
            out.append(x)
        if x > 1 << 90:
            x = 1 + i
    return out
print(mul(400))
def square_edges():
    t = 0
    for i in range(1200):
        k = 33554432 - 600 + i
        t ^= k * k
        k = 3037000499 - 600 + i
        t ^= k * k
        t ^= -k * k
    return t
print(square_edges())
def shifts():
    t = 0
    for i in range(1000):
        t += 1 << (i % 70)
        t ^= t >> (i % 5)
    return t
print(shifts())
def neg():
    c = 0
    for i in range(1000):
        x = -(-(1 << 63) + i - 500)
        c += x == (1 << 63) - i + 500
        c += abs(-(1 << 49) - i + 500) > 0
        c += (-(1 << 63) - i + 500) // -1 > 0
    return c
print(neg())
