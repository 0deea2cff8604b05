# Slices, deletions, + and * of builtin sequences in hot loops: kinds of bounds
# and of operands change; results are objects of their own.


class At:
    """A bound that changes the list while it is asked for."""

    def __init__(self, n, victim=None):
        self.n = n
        self.victim = victim

    def __index__(self):
        if self.victim is not None and self.victim:
            self.victim.pop()
        return self.n


def getting(things):
    out = []
    for k in range(30):
        out = []
        for x in things:
            for i in (0, 2, -2, None, 100, -100, 2 ** 60, -2 ** 70, True):
                out.append((x[i:], x[:i], x[1:i], x[i:4]))
                out.append((x[::i] if i else None, x[5:1:-1], x[::-1]))
    return out


text = getting([[1, 2, 3, 4, 5, 6, 7], (1, 2, 3, 4, 5), "abcdefgh", b"abcdefg",
                "\u00e9\u20ac\U0001f600abc", bytearray(b"12345"), range(9)])
print(len(text), hash(repr(text)) == hash(repr(text)))
total = 0
for line in text:
    for c in repr(line):
        total = (total * 31 + ord(c)) % 1000000007
print(total, text[3], text[40], text[-2])


def bounds_with_code():
    out = []
    for k in range(60):
        a = list(range(10))
        out.append(a[At(2):At(5)])
        out.append(a[At(1, a):At(9, a)])
        a[At(0, a):At(2)] = [7, 8, 9]
        del a[At(1):At(2, a)]
        out.append(a)
    return out[-3:]


print(bounds_with_code())


def errors():
    out = []
    for k in range(80):
        a = [1, 2, 3]
        for what in (lambda: a["x"], lambda: a[1.5:], lambda: a[::0],
                     lambda: a[:"x"], lambda: (1, 2)[::0], lambda: "abc"[5],
                     lambda: a[2 ** 80]):
            try:
                what()
            except Exception as e:
                out.append(type(e).__name__ + ": " + str(e))
        try:
            a[::2] = [1]
        except ValueError as e:
            out.append(str(e))
        try:
            a[0:1] = 5
        except TypeError as e:
            out.append(str(e))
        try:
            a[::0] = (1,)
        except ValueError as e:
            out.append(str(e))
        try:
            del a[7]
        except IndexError as e:
            out.append(str(e))
        try:
            del a["k"]
        except TypeError as e:
            out.append(str(e))
    return out[-13:]


print(errors())


def setting(n):
    a = list(range(12))
    for i in range(n):
        j = i % 7
        a[j:j + 2] = a[j + 1:j + 3]
        a[:3] = a[2::-1]
        a[1:1] = (i, i + 1)
        a[::2] = a[1::2] if len(a) % 2 == 0 else a[::2]
        if len(a) > 12:
            del a[5:len(a) - 7]
        if i % 5 == 0:
            a[3:] = a[3:] + [i]
        if i % 6 == 0:
            a[:] = a
        if i % 9 == 0:
            a[2:5] = "xy"
        if i % 11 == 0:
            a[4:6] = a
            del a[::3]
        if i % 13 == 0:
            del a[-1]
            del a[0]
            del a[True]
    return a


print(setting(400))


def fresh(n):
    """Neither slices nor sums are one object."""
    bad = 0
    base = [1, 2, 3]
    for i in range(n):
        a = base[:]
        b = base[:]
        c = base + base
        d = base + base
        e = base * 2
        f = base * 2
        a.append(i)
        c.append(i)
        e.append(i)
        if (a is b or c is d or e is f or len(b) != 3 or len(d) != 6
                or len(f) != 6):
            bad += 1
        g = base
        g += [i]
        if g is not base or base[-1] != i:
            bad += 1
        base.pop()
        t = (1, 2)
        u = t
        u += (i,)
        if t is u or len(t) != 2:
            bad += 1
        h = [0]
        m = h
        m *= 3
        if m is not h or len(h) != 3:
            bad += 1
        if len(2 * base) != 6 or len(base * -1) or len((0,) * (i % 3)) != i % 3:
            bad += 1
    return bad, base, a, c, e


print(fresh(300))


def mixed(values):
    out = []
    for k in range(40):
        out = []
        for a in values:
            for b in values:
                try:
                    out.append(a + b)
                except TypeError as e:
                    out.append(str(e))
                if type(a) is MyList:
                    continue
                try:
                    out.append(a * b)
                except TypeError as e:
                    out.append(str(e))
    return out


class MyList(list):
    def __add__(self, other):
        return "added"

    def __radd__(self, other):
        return "radded"

    def __rmul__(self, other):
        return "rmultiplied"


print(mixed([[1], (2,), MyList([3]), 2, "s", True, 0, -1]))


def dict_deletions(n):
    d = {}
    hits = 0
    for i in range(n):
        d[i] = i
        d[str(i)] = i
        d[(i,)] = i
        if i >= 3:
            del d[i - 3]
            del d[str(i - 3)]
            del d[(i - 3,)]
        try:
            del d[-1]
        except KeyError as e:
            hits += e.args[0]
    return len(d), hits, sorted(map(str, d))


print(dict_deletions(200))
