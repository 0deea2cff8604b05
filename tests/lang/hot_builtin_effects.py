# Builtins whose calls a trace takes to run no Python code, with arguments that
# make them run some, and dicts that are namespaces: what the trace knows must
# not outlive the call.

x = 0
y = 5


def namespace(n):
    """Globals written through their dict between reads."""
    g = globals()
    bad = 0
    for i in range(n):
        g["x"] = i
        a = x
        g["x"] = i + 1
        b = x
        g.pop("z", None)
        c = g.setdefault("z", i)
        if a != i or b != i + 1 or c != i or z != i:
            bad += 1
        if g.get("x") != x or ("x" in g) is not True or len(g) < 3:
            bad += 1
        if i > n - 3:
            g["y"] = i
            if y != i:
                bad += 100
    return bad


for k in range(3):
    print(namespace(400 + k))


class Spy:
    """Changes what the loop knows whenever it is looked at."""

    def __init__(self):
        self.seen = 0
        self.box = [0]

    def hit(self):
        self.seen += 1
        self.box.append(self.seen)

    def __hash__(self):
        self.hit()
        return 7

    def __eq__(self, other):
        self.hit()
        return other is self

    def __index__(self):
        self.hit()
        return 1

    def __float__(self):
        self.hit()
        return 0.5

    def __format__(self, spec):
        self.hit()
        return "<" + spec + ">"

    def __repr__(self):
        self.hit()
        return "Spy"

    def __round__(self, digits=None):
        self.hit()
        return digits

    def __abs__(self):
        self.hit()
        return 3

    def __floor__(self):
        self.hit()
        return 2

    def __iter__(self):
        self.hit()
        yield "a"
        self.hit()
        yield "b"


import math


def spied(calls, n):
    out = []
    for name, call in calls:
        spy = Spy()
        bad = 0
        result = None
        for i in range(n):
            # one in eight goes the other way
            arg = spy if i % 8 else None
            seen = spy.seen
            length = len(spy.box)
            try:
                result = call(spy if arg is None or i > 20 else arg)
            except Exception as e:
                result = type(e).__name__
            if spy.seen - seen != len(spy.box) - length:
                bad += 1
        out.append((name, str(result), spy.seen > 0, bad))
    return out


d = {"a": 1}
s = {1, 2}
for line in spied([
        ("get", lambda v: d.get(v)), ("setdefault", lambda v: d.setdefault(v, 2)),
        ("pop", lambda v: d.pop(v, None)), ("in", lambda v: v in d),
        ("d.__contains__", lambda v: d.__contains__(v)),
        ("add", lambda v: s.add(v)), ("discard", lambda v: s.discard(v)),
        ("insert", lambda v: [].insert(v, 1)), ("lpop", lambda v: [1, 2].pop(v)),
        ("extend", lambda v: [].extend(v)), ("join", lambda v: "-".join(v)),
        ("zfill", lambda v: "a".zfill(v)), ("ljust", lambda v: "a".ljust(v)),
        ("find", lambda v: "abab".find("b", v)),
        ("split", lambda v: "a b c".split(None, v)),
        ("replace", lambda v: "aaa".replace("a", "b", v)),
        ("sin", lambda v: round(math.sin(v), 5)), ("sqrt", math.sqrt),
        ("floor", math.floor), ("isqrt", math.isqrt), ("frexp", math.frexp),
        ("round", lambda v: round(v, 2)), ("abs", abs), ("hash", hash),
        ("repr", repr), ("format", lambda v: format(v, "z")),
        ("fstring", lambda v: f"{v:q}"), ("hex", hex), ("chr", chr),
        ("divmod", lambda v: divmod(5, v)), ("build set", lambda v: len({v, 1, v})),
        ("build dict", lambda v: len({v: 1, 2: 3})),
        ("set comp", lambda v: len({w for w in (v, 1)})),
        ("dict comp", lambda v: len({w: 1 for w in (1, v)}))], 60):
    print(line)


def mixed_keys(n):
    """Keys of changing classes at the same places."""
    d = {}
    s = set()
    total = 0
    keys = [1, "a", 2.5, (1, 2), None, True, b"x", 10 ** 20, frozenset((1,)), "b"]
    for i in range(n):
        k = keys[i % 10] if i > 50 else keys[i % 2]
        d[k] = d.get(k, 0) + 1
        total += d.setdefault((i % 3, "t"), i % 5)
        s.add(k)
        s.discard(keys[(i + 3) % 10])
        if k in s:
            total += 1
        if k in d and i % 7 == 0:
            total += d.pop(k)
        e = {k: i, "k": k}
        f = {k, i % 4}
        total += len(e) + len(f)
        try:
            d.get([])
        except TypeError as err:
            total += len(str(err))
    return total, len(d), len(s)


print(mixed_keys(500))


def texts(n):
    out = []
    for i in range(n):
        w = "abc"[i % 3] * (i % 4)
        out.append(w.zfill(3) + w.center(5, "*") + w.ljust(2) + w.rjust(4))
        out.append(w.replace("a", "xy").replace("b", ""))
        out.append(w.find("c") + w.count("a"))
        out.append("%s-%d" % (w, i))
        out.append(f"{w!r:>6}|{i:04d}|{i / 4:.2f}|{i!s}|{None}|{True:d}|{1j}")
        out.append("a" <= w < "b" or w > "bb" or w >= "cc")
        out.append(sorted([w, "b", "a"], reverse=i % 2 == 0))
        out.append(",".join(w))
        out.append(",".join([w, str(i)]) + ";".join((w,)))
        p = w.partition("b")
        q = "a b".split()
        r = "a b".split()
        q.append(1)
        out.append((p, r))
        out.append(w + "\u20ac" + w < "b\u20ac")
        try:
            ",".join([w, i])
        except TypeError as e:
            out.append(str(e))
        try:
            "a" < i
        except TypeError as e:
            out.append(str(e))
    return out[-26:]


for line in texts(150):
    print(line)


def growing(n):
    """Concatenation to a str that others hold, too."""
    s = ""
    held = []
    for i in range(n):
        s += "ab"
        t = s + "c"
        u = s + "d"
        if i % 50 == 0:
            held.append((s, t, u))
        if t[-1] != "c" or u[-1] != "d" or len(s) != 2 * i + 2:
            return "bad"
    return len(s), [(len(a), b[-2:], c[-2:]) for a, b, c in held]


print(growing(300))


class Plain:
    pass


class Meta(type):
    pass


class Made(metaclass=Meta):
    pass


def identities(n):
    """Objects that are equal to themselves alone, until their class says else."""
    a, b = Plain(), Plain()
    d = {a: 1, len: 2, Plain: 3, Made: 4}
    s = set()
    looked = []
    total = 0
    for i in range(n):
        if i == n // 2:
            Plain.__hash__ = lambda self: looked.append("hash") or 5
            Plain.__eq__ = lambda self, other: looked.append("eq") or True
            d = {a: 10}
            s = set()
        if i == n - n // 4:
            Meta.__hash__ = lambda cls: looked.append("meta") or 6
        before = len(looked)
        s.add(a)
        total += (a in d) + (b in d) * 2 + d.get(a, 0) + d.get(b, 0)
        total += d.get(len, 0) + d.get(Plain, 0) + d.get(Made, 0)
        d[b] = i
        if i < n // 2:
            del d[b]
        s.discard(b)
        total += len(s) + len({a, b}) + len({a: 1, b: 2})
        total += (len(looked) - before) * 1000
    return total, len(looked)


print(identities(200))


def tuples(n):
    spy = Spy()
    d = {(1, "a"): 1, (1, (2, 3)): 2}
    s = {(1, 2)}
    out = 0
    for i in range(n):
        seen = spy.seen
        length = len(spy.box)
        k = (1, "a") if i % 3 else (1, (2, 3))
        if i > 60 and i % 5 == 0:
            k = (1, spy) if i % 2 else (1, (2, spy))
        out += d.get(k, 7)
        out += k in s
        d[k] = i % 4
        s.add((i % 3, i % 2))
        s.add(k)
        s.discard(k)
        if i % 11 == 0:
            out += d.pop(k)
        if spy.seen - seen != len(spy.box) - length:
            return "bad"
        try:
            d[1, []]
        except TypeError as e:
            out += len(str(e))
        try:
            d[i, "nothing"]
        except KeyError as e:
            out += e.args[0][0]
    return out, len(d), len(s), spy.seen > 0


print(tuples(300))


class Like:
    """Equal to a number, and says when it was asked."""

    def __init__(self, n):
        self.n = n
        self.asked = [0]

    def __eq__(self, other):
        self.asked.append(1)
        return other == self.n


def members(n):
    like = Like(7)
    numbers = [1, 2.5, "x", None, True, 10 ** 20, (1, 2)]
    out = []
    for i in range(n):
        box = numbers
        if i > 60 and i % 4 == 0:
            box = numbers + [like]
        if i > 90 and i % 4 == 1:
            box = (like, 1, 2)
        before = len(like.asked)
        hits = (i % 9 in box) + (7 in box) * 2 + (2.5 in box) * 4
        hits += ("x" in box) * 8 + (10 ** 20 in box) * 16 + (1.0 in box) * 32
        hits += ((1, 2) in box) * 64 + (None in box) * 128
        hits += (b"x" in box) * 512
        hits += (i in [i, i + 1]) * 1024 + (str(i) not in (str(i), "b")) * 2048
        out.append((hits, len(like.asked) - before))
    return out[::29], sum(h for h, a in out), sum(a for h, a in out)


print(members(200))


def sequences(n):
    """== and % of sequences: items that run code come and go."""
    like = Like(2)
    spy = Spy()
    out = []
    asked = 0
    for i in range(n):
        a = [1, 2, i % 3]
        b = [1, 2.0, 2]
        t = (1, "a", (i % 2, None))
        u = (1, "a", (1, None))
        if i > 60 and i % 4 == 0:
            b[1] = like
            u = (1, "a", (like, None))
        if i > 60 and i % 7 == 0:
            a[0] = spy
        seen = len(like.asked) + spy.seen
        hits = (a == b) + (a != b) * 2 + (t == u) * 4 + (t != u) * 8
        if a == b:
            hits += 16
        if not t != u:
            hits += 32
        hits += ([] == []) * 64 + (() != (1,)) * 128 + (a == [1, 2]) * 256
        hits += ([a, i] == [a, i]) * 512 + ((t,) == (u,)) * 1024
        hits += (a == t) * 2048 + ([10 ** 20] == [10 ** 20]) * 4096
        asked += len(like.asked) + spy.seen - seen
        text = "%s|%d|%5.1f|%r" % (i, i % 5, i / 3, "x")
        if i > 80:
            text += "%s %s" % (spy if i % 3 else 5, (i,))
        try:
            text += "%d" % ("x",)
        except TypeError as e:
            text += str(e)
        out.append((hits, text))
    return out[-9:], sum(h for h, x in out), asked, spy.seen > 0


for x in sequences(150):
    print(x)


def raising(n):
    """The same call raises each time, and does not stand for the next one."""
    out = {}

    def count(e):
        text = type(e).__name__ + ": " + str(e)
        out[text] = out.get(text, 0) + 1

    t = 1.5
    for i in range(n):
        if i == n - 10:
            t = 7
        try:
            format(t, "x")
        except Exception as e:
            count(e)
        try:
            math.sqrt(-t)
        except Exception as e:
            count(e)
        try:
            f"{t:x}"
        except Exception as e:
            count(e)
        try:
            "abc".index("z")
        except Exception as e:
            count(e)
        try:
            chr(-1)
        except Exception as e:
            count(e)
        try:
            math.sqrt(-t)
        except Exception as e:
            count(e)
    return sorted(out.items())


for x in raising(200):
    print(x)
