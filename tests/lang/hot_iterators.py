# enumerate, zip, reversed and iterators of builtin containers in hot loops: they
# are stepped by the loop and by others in turn, end early, change kinds.


def pairs(n):
    out = 0
    for k in range(n):
        a = list(range(k % 6))
        for i, x in enumerate(a):
            out += i * x
        for i, x in enumerate(a, 5):
            out += i - x
        for x, y in zip(a, a[::-1]):
            out += x * y
        for x, y in zip(a, (1, 2, 3)):
            out += x - y
        for x, y, z in zip(a, range(3, 9, 2), "abcdef"):
            out += x + y + ord(z)
        for x in reversed(a):
            out = (out * 3 + x) % 1000003
        for i, c in enumerate("abc"[:k % 4]):
            out += i + ord(c)
        for (x,) in zip(a):
            out += x
        for a1, b1, c1, d1 in zip(a, a, a, a):
            out += a1 + d1
        for five in zip(a, a, a, a, a):
            out += len(five)
    return out


print(pairs(200))


def shared(n):
    """One iterator at several places, and stepped by hand within the loop."""
    out = []
    for k in range(n):
        it = iter([1, 2, 3, 4, 5, 6, 7])
        out.append([p for p in zip(it, it)])
        out.append(next(it, "end"))
        it = iter(range(10))
        for x in it:
            if x == 3:
                next(it)
            if x == 7:
                break
        out.append(list(it))
        it = iter((1, 2, 3, 4))
        e = enumerate(it)
        for i, x in e:
            if i == 1:
                out.append(next(it))
                out.append(next(e, None))
        z = zip([1, 2, 3], it2 := iter([4]))
        out.append(list(z))
        out.append(next(it2, "gone"))
        first = iter([1, 2, 3])
        for x, y in zip(first, [9]):
            out.append((x, y))
        out.append(list(first))
    return out[-16:]


for x in shared(80):
    print(x)


def growing(n):
    out = 0
    for k in range(n):
        a = [1, 2, 3]
        for i, x in enumerate(a):
            if i < 5 and k % 3 == 0:
                a.append(x + 1)
            if i == 4 and k % 5 == 0:
                del a[1:]
            out += i * x
        it = iter(a)
        for x in it:
            out += x
        a.append(99)
        out += next(it, -1)
        b = [1, 2, 3, 4]
        for x in reversed(b):
            if x == 3:
                del b[:]
            out += x
    return out


print(growing(150))


def dicts(n):
    out = 0
    d = {"a": 1, "b": 2, 3: 4}
    for k in range(n):
        for key in d:
            out += len(str(key))
        for key, v in d.items():
            out += v
            d[key] = v % 50 + 1
        for v in d.values():
            out += v
        for i, (key, v) in enumerate(d.items()):
            out += i * v
        for key, x in zip(d, [5, 6, 7]):
            out += x
        for key in reversed(d):
            out += 1
        for x in {1, 2, k}:
            out += x
        for x in frozenset((4, k)):
            out += x
        for x in b"ab":
            out += x
        if k % 10 == 0:
            try:
                for key in d:
                    d[key, k] = 1
            except RuntimeError as e:
                out += len(str(e))
            d.pop(("a", k), None)
        if k % 20 == 5:
            d = {"a": 1, "b": 2, 3: 4}
    return out


print(dicts(200))


class Seq:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        self.i = 0
        return self

    def __next__(self):
        self.i += 1
        if self.i > self.n:
            raise StopIteration
        return self.i


def gen(n):
    for i in range(n):
        yield i * 2


def changing(n):
    """The same loop over iterators of all kinds."""
    out = 0
    kinds = [lambda k: [k, 1], lambda k: (k, 2), lambda k: range(3),
             lambda k: Seq(3), gen, lambda k: {k: 1}, lambda k: "ab",
             lambda k: map(abs, [-1, k]), lambda k: enumerate([k]),
             lambda k: zip([k], [1]), lambda k: range(2 ** 60, 2 ** 60 + 2),
             lambda k: iter([1, 2]), lambda k: reversed((1, 2)),
             lambda k: filter(None, [0, k])]
    for k in range(n):
        make = kinds[k % len(kinds)] if k > 60 else kinds[0]
        for x in make(k % 5):
            out += len(str(x)) % 7
        for i, x in enumerate(make(k % 5), k):
            out += i + len(repr(x)) % 5
        for x, y in zip(make(2), make(k % 4)):
            out += ((x, y) == (y, x))
        for i, x in enumerate(make(1), 2 ** 49 - 2):
            out += i % 1000
    return out


print(changing(300))


def strict(n):
    out = []
    for k in range(n):
        try:
            for x, y in zip([1, 2, 3], [1, 2], strict=k % 2 == 0):
                out.append(x + y)
        except ValueError as e:
            out.append(str(e))
        try:
            for x, y in zip([1], [1, 2], strict=True):
                out.append(x + y)
        except ValueError as e:
            out.append(str(e))
    return out[-7:]


print(strict(100))
