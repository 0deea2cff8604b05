# for loops over enumerate, zip, reversed, dict views, sets and iterators, hot:
# items, ends, growth and shrinking while iterated, iterators that are shared.
def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e)


N = 300
xs = list(range(N))
ts = tuple(x * 2 for x in xs)
ds = {x: str(x) for x in xs}


def enumerates(seqs, *start):
    out = []
    for s in seqs:
        t = 0
        for i, x in enumerate(s, *start):
            t += i * x
        out.append(t)
    return out


print(enumerates([xs, ts, range(N), range(N, 0, -3), reversed(xs),
                  reversed(ts), reversed(range(N)), iter(xs), (x for x in xs),
                  ds, [], (), range(0)]))
print(enumerates([xs, ts], 2 ** 47 - 100), enumerates([xs], 2 ** 70),
      enumerates([xs], -5), enumerates([xs, range(3)], 2 ** 49 - 150))


def kept(n):
    pairs = [p for p in enumerate(xs)]
    last = None
    for last in enumerate(ts, 1):
        pass
    return pairs[:2], pairs[-1], last, type(last)


print(kept(N))


def zips():
    out = []
    for args in ((xs, ts), (xs, ts, range(N)), (xs,), (), (xs, reversed(xs)),
                 (xs, ts[:7]), (range(5), ts), (reversed(range(9)), ts, xs, xs),
                 (xs, ts, xs, ts, xs), (xs, ds), (xs, "abc"), (iter(xs), ts),
                 (xs, (y for y in xs))):
        t = n = 0
        for p in zip(*args):
            n += 1
            t += len(p) * (p[0] if type(p[0]) is int else 1)
        out.append((n, t))
    return out


print(zips())


def dot(a, b):
    t = 0
    for x, y in zip(a, b):
        t += x * y
    return t


print(dot(xs, ts), dot(ts, reversed(xs)), dot(range(N), range(3, N)),
      dot([0.5] * N, xs))


def grouped(seq):
    it = iter(seq)
    out = []
    for a, b in zip(it, it):
        out.append(a * 1000 + b)
    return out


print(sum(grouped(xs)), grouped(range(7)), grouped((1, 2, 3, 4)))


def partly():
    a, b = iter(xs), iter(ts)
    for x, y in zip(a, b):
        if x == 200:
            break
    e = enumerate(a)
    for i, x in e:
        if i == 50:
            break
    return next(a), next(b), next(e), list(a)[:2], list(e), list(zip(a, b))


print(partly())
short, long = iter([1, 2]), iter(range(10))
for _ in range(3):
    print(list(zip(long, short)), next(long))


def strict(a, b):
    n = 0
    for x, y in zip(a, b, strict=True):
        n += 1
    return n


print(attempt(strict, xs, ts), attempt(strict, xs, ts[1:]),
      attempt(strict, xs[1:], ts))


def growing():
    a = [1]
    for i, x in enumerate(a):
        if i < 400:
            a.append(x + 1)
    b = [1]
    it = iter(b)
    n = 0
    for x in it:
        n += x
        if x < 200:
            b.append(x + 1)
    b.append(5)
    return len(a), n, list(it), len(b)


print(growing())


def shrinking():
    a = list(xs)
    seen = 0
    for x in reversed(a):
        seen += x
        if len(a) > 100:
            a.pop()
            a.pop()
    b = list(xs)
    for i, x in enumerate(b):
        b.pop()
    c = list(xs)
    n = 0
    for x, y in zip(c, ts):
        n += 1
        if x % 3 == 0:
            c.pop(0)
    return seen, len(a), i, len(b), n, len(c)


print(shrinking())


def replaced():
    a = [1, 2, 3] * 100
    t = 0
    for i, x in enumerate(a):
        t += x
        a[-i - 1] = i
        if i == 150:
            a[:] = a[:200]
        elif i == 180:
            a.clear()
    return t, i, a


print(replaced())


# -- dicts and sets --
def views(d):
    t = 0
    for k in d:
        t += k
    for k in d.keys():
        t += k
    for v in d.values():
        t += len(v)
    for k, v in d.items():
        t += k * len(v)
    for k in reversed(d):
        t -= k
    for k, v in reversed(d.items()):
        t ^= k
    return t


print(views(ds), views({}), views({1: "a"}))


def changing(kind, how):
    d = dict.fromkeys(range(200), 1)
    s = set(range(200))
    n = 0
    for k in (s if kind == "set" else getattr(d, kind)()):
        n += 1
        if n == 150:
            how(d, s)
    return n


for kind in ("keys", "values", "items", "set"):
    print(kind, attempt(changing, kind, lambda d, s: (d.pop(3), s.pop())),
          attempt(changing, kind, lambda d, s: (d.update(a=1), s.add("a"))),
          attempt(changing, kind, lambda d, s: d.update({5: 6})),
          attempt(changing, kind, lambda d, s: (d.clear(), s.clear())))


def keys_change(n):
    d = dict.fromkeys(range(n))
    out = 0
    for k in d:
        out += 1
        if out > n // 2:
            del d[k]
            d[k + n] = 1
    return out


r = attempt(keys_change, 300)
print(r if r[1:] else r)


def counted(words):
    d = {}
    for w in words:
        d[w] = d.get(w, 0) + 1
    best = []
    for w, n in d.items():
        if n > 1:
            best.append((n, w))
    return sorted(best)[-3:], sum(n for w, n in d.items())


print(counted([str(i * i % 41) for i in range(500)]))


def sets(n):
    s = {i * 7 for i in range(n)}
    t = 0
    for x in s:
        t += x
    for x in frozenset(s):
        t -= 1
    for x in s & {7, 14}:
        t += x
    return t


print(sets(300), sets(0))


# -- subclasses keep their methods --
class Counts(enumerate):
    def __next__(self):
        i, x = super().__next__()
        return -i, x


class Pairs(zip):
    def __next__(self):
        return super().__next__() + ("!",)


print(sum(i * x for i, x in Counts(xs)), [p for p in Pairs(xs[:3], ts)])


class L(list):
    def __iter__(self):
        return iter([9, 9])

    def __getitem__(self, i):
        return 7


l = L([1, 2, 3])
print([x for x in l], [p for p in enumerate(l)], [p for p in zip(l, l)],
      [x for x in reversed(l)], list(enumerate(list.__iter__(l))))


def mixed(kinds):
    out = []
    for i in range(200):
        t = 0
        for x in kinds[i % len(kinds)]:
            t += x
        out.append(t)
    return sum(out)


print(mixed([[1, 2], (3,), {4: 5}, range(3), {6}, b"ab", {7: 1}.keys(),
             frozenset([8]), []]))
print(mixed([iter([1, 2]), iter((3, 4)), reversed([5]), reversed((6, 7)),
             reversed(range(5)), iter({8: 9}), iter({10})]))


def nested(rows):
    t = 0
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            t += i * j * x
        for a, b in zip(row, rows[i - 1]):
            t += a - b * i
    return t


print(nested([[(i * j) % 7 for j in range(20)] for i in range(20)]))
