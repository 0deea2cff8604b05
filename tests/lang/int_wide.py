# Ints between 50 and 64 bits in hot loops: arithmetic, comparisons and bits
# around the borders 2**49, 2**50, 2**62, 2**63, both ways.
import operator

BORDERS = sorted({s * (2 ** n + d) for n in (48, 49, 50, 53, 62, 63, 64)
                  for d in (-2, -1, 0, 1, 2) for s in (1, -1)} | {0, 1, -1, 7})


def sums(start, step, n):
    x = start
    seen = 0
    for i in range(n):
        x += step
        if x > 2 ** 63 or x < -2 ** 63:
            x = start
        seen ^= x
    return x, seen


def there_and_back(border, n):
    x = border - 20
    step = 7
    crossed = 0
    for i in range(n):
        y = x + step
        if (y >= border) != (x >= border):
            crossed += 1
        if y > border + 30 or y < border - 30:
            step = -step
        x = y
    return x, crossed


def products(n):
    out = []
    x = 3
    for i in range(n):
        x = x * 5 - i
        if x > 2 ** 66:
            out.append(x)
            x %= 1000003
            x = -x if i % 3 == 0 else x
        elif x < -2 ** 66:
            out.append(x)
            x = -x % 99991
    return out[:3], len(out), x


def generator(seed, n):
    """64-bit xorshift and an LCG of 2**48."""
    a, b = seed, seed
    total = 0
    for i in range(n):
        a ^= (a << 13) & 0xFFFFFFFFFFFFFFFF
        a ^= a >> 7
        a ^= (a << 17) & 0xFFFFFFFFFFFFFFFF
        b = (b * 25214903917 + 11) & (2 ** 48 - 1)
        total = (total + a + b) & (2 ** 61 - 1)
    return a, b, total


def bits(n):
    mask = (1 << 55) - 1
    x = 0
    counts = [0, 0, 0]
    for i in range(n):
        x |= 1 << (i * 7 % 63)
        low = x & -x
        y = x & ~low
        counts[0] += low.bit_length()
        counts[1] += (x >> (i % 60)) & 1
        counts[2] ^= ~y & mask
        if x.bit_length() > 60:
            x ^= 1 << (x.bit_length() - 1)
            x >>= i % 5
        if not y:
            counts[0] += 1000
    return x, counts


def every_operator(a, b):
    out = []
    for name in ("add", "sub", "mul", "and_", "or_", "xor"):
        out.append(getattr(operator, name)(a, b))
    r = [a + b, a - b, a * b, a & b, a | b, a ^ b]
    assert r == out, (a, b, r, out)
    r += [a < b, a <= b, a == b, a != b, a > b, a >= b]
    if b:
        r += [a // b, a % b]
    if 0 <= b < 100:
        r += [a << b, a >> b]
    r += [-a, +a, ~a, abs(a), not a, bool(a), min(a, b), max(a, b)]
    return r


def hash_of(values):
    h = 0
    for v in values:
        h = (h * 1000003 + hash(v)) % (2 ** 61 - 1)
    return h


def mixed(x, n):
    """bools, floats and wide ints in the same places"""
    out = []
    for i in range(n):
        y = (True, 1.5, 2 ** 60, -3, 2 ** 70)[i % 5]
        out.append((x + y, x < y, x == y, x * y, y - x))
    return out


def divisions(n):
    out = []
    for i in range(n):
        a = -2 ** 63 + i % 3
        b = (i % 7) - 3
        try:
            out.append((a // b, a % b))
        except ZeroDivisionError as e:
            out.append(str(e))
    return out


def shifts(n):
    out = []
    for i in range(n):
        for a in (1, -1, 2 ** 40, -2 ** 62, 2 ** 63):
            try:
                out.append((a << (i % 70), a >> (i % 70), a >> 70))
                if i % 10 == 9:
                    out.append(a << (i - 10))
            except ValueError as e:
                out.append(str(e))
    return hash_of([x for t in out for x in (t if isinstance(t, tuple) else (t,))
                    if not isinstance(x, str)]), out[-3:]


def indexing(n):
    items = [1, 2, 3]
    bad = 0
    for i in range(n):
        k = 2 ** (48 + i % 16)
        try:
            items[k]
        except IndexError:
            bad += 1
        items[k % 3] = k
    return bad, items


class Index(int):
    pass


def subclasses(n):
    x = Index(2 ** 55)
    t = 0
    for i in range(n):
        t = (t + x) % (2 ** 60)
        if i % 50 == 0:
            x = Index(x - 1)
    return t, type(x + 1).__name__


def objects(n):
    """wide ints in attributes, lists, tuples, dicts"""
    class Box:
        pass
    b = Box()
    b.v = 2 ** 52
    seen = {}
    pairs = []
    for i in range(n):
        b.v = b.v * 3 % (2 ** 59 - 55)
        seen[b.v] = i
        pairs.append((b.v, i))
        if len(pairs) > 20:
            assert seen[pairs[0][0]] == pairs[0][1]
            pairs.pop(0)
    same = b.v
    alias = same
    return b.v, len(seen), pairs[-1], alias is same, alias == b.v


def main():
    for start in (0, 2 ** 49 - 50, -2 ** 49 + 10, 2 ** 63 - 100, -2 ** 63 + 5):
        for step in (1, -3, 2 ** 40, 2 ** 61):
            print(sums(start, step, 120))
    for n in (48, 49, 50, 51, 62, 63, 64):
        print(n, there_and_back(2 ** n, 300), there_and_back(-2 ** n, 300))
    print(products(400))
    print(generator(88172645463325252, 300))
    print(bits(500))
    h = 0
    for round_ in range(3):
        for a in BORDERS:
            for b in BORDERS:
                h = (h * 31 + hash_of(every_operator(a, b))) % (2 ** 61 - 1)
    print(h)
    print(mixed(2 ** 55, 40)[-5:], mixed(-2 ** 63, 40)[-5:])
    print(divisions(60))
    print(shifts(60))
    print(indexing(100))
    print(subclasses(200))
    print(objects(300))


main()
