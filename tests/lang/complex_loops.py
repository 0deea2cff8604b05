# Complex numbers in hot loops: arithmetic with every kind of operand, signed
# zeros, infinities and NaNs, comparisons, abs(), parts, subclasses.
inf = float("inf")
nan = float("nan")
NUMBERS = [0j, -0j, 1j, 1 + 0j, -1.5 - 2j, complex(-0.0, 0.0), complex(0.0, -0.0),
           complex(inf, 1), complex(1, -inf), complex(nan, 0), complex(3, nan),
           1e308 + 1e308j, 5e-324j]
OTHERS = [0, 1, -3, 2 ** 45, 2 ** 53 + 1, 2 ** 60, -2 ** 80, 0.0, -0.0, 1.5, inf, nan,
          True, False]


class Point(complex):
    def __add__(self, other):
        return "added"


def escape(c, limit):
    z = 0j
    for i in range(limit):
        z = z * z + c
        if abs(z) > 2.0:
            return i, z
    return limit, z


def every(a, b):
    out = [a + b, a - b, a * b, b + a, b - a, b * a, a == b, a != b, b == a]
    return out + [-a, +a, a.real, a.imag, a.conjugate()]


def absolute(values):
    out = []
    for z in values:
        try:
            out.append(abs(z))
        except OverflowError as e:
            out.append(str(e))
    return out


def walk(n):
    """a complex number as the state of a loop, in a list, in an attribute"""
    class Box:
        pass
    b = Box()
    b.z = 1 + 0j
    step = complex(0.6, 0.8)
    trail = []
    turned = 0
    for i in range(n):
        b.z = b.z * step
        if b.z.imag > 0 and b.z.real < 0:
            turned += 1
        if i % 50 == 0:
            trail.append(b.z)
        b.z += 1 if i % 2 else -1.0
        b.z -= i % 2 - (1 - i % 2)
    return len(trail), turned, round(b.z.real, 6), round(b.z.imag, 6)


def equal(n):
    hits = 0
    z = 0j
    for i in range(n):
        if z == i:
            hits += 1
        if z != complex(i, 0):
            hits += 100
        if z == 10.0:
            hits += 1000
        if z == "z" or z == None:
            hits += 10 ** 6
        z += 1
    return hits


def make(n):
    out = 0j
    for i in range(n):
        out += complex(i, -i)
        out += complex(i / 2, True)
        out += complex(1j, 2j) * complex(i)
    return out


def parts(n):
    total = 0.0
    for i in range(n):
        z = complex(i, 2 * i)
        total += z.real - z.imag
        w = -z
        total += w.imag
    try:
        z.real = 1
    except AttributeError:
        total += 0.5
    return total


def mixed_types(n):
    out = []
    for i in range(n):
        x = (1 + 1j, 2.5, 3, Point(1, 2), True)[i % 5]
        out.append((x + (1 - 1j), x * 2j, (1 - 1j) - x))
    return out[-5:]


def division(n):
    z = 100 + 10j
    errors = 0
    for i in range(n):
        try:
            z = z / (i % 5) + z ** 2 / 1e6
        except ZeroDivisionError:
            errors += 1
        if abs(z) > 1e6:
            z = 1j
    return errors, round(z.real, 6), round(z.imag, 6)


total = 0
for y in range(20):
    for x in range(20):
        count, z = escape(complex(x / 8 - 1.8, y / 8 - 1.2), 60)
        total += count
print(total, z)
for round_ in range(4):
    lines = [repr(every(a, b)) for a in NUMBERS for b in NUMBERS + OTHERS]
print(len(lines), len(set(lines)))
print("\n".join(lines[::7]))
for round_ in range(30):
    sizes = absolute(NUMBERS)
print(sizes)
print(walk(2000))
print(equal(200))
print(make(100))
print(parts(150))
print(mixed_types(100))
print(division(100))
