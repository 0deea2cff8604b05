# Calls of builtin classes and builtin functions in hot loops: the arguments
# change their classes, results are checked for value, class and identity.


class Truthy:
    def __init__(self, answer):
        self.answer = answer

    def __bool__(self):
        return self.answer


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


class MyInt(int):
    pass


class Text:
    def __str__(self):
        return "text of it"


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)


def bools(values):
    out = []
    for k in range(60):
        for v in values:
            out.append(bool(v))
    return [out.count(True), out.count(False), out[:len(values)]]


print(bools([0, 1, 2.5, 0.0, "", "a", [], [1], (), (1,), {}, {1: 2}, None,
             True, False, set(), {1}, Truthy(True), Truthy(False), Sized(0),
             Sized(3), object(), 10 ** 30, 1j, 0j, b"", b"x", MyInt(0)]))


def convert(f, values):
    out = []
    for k in range(50):
        for v in values:
            out.append(attempt(f, v))
    return [(type(x).__name__, x) for x in out[-len(values):]]


def ints(values):
    out = None
    for k in range(50):
        out = []
        for v in values:
            try:
                out.append((type(int(v)).__name__, int(v)))
            except Exception as e:
                out.append(type(e).__name__ + ": " + str(e))
    return out


numbers = [0, 5, -7, 2.5, -2.5, 1e14, 5.629e14, 2.0 ** 49, -2.0 ** 49,
           2.0 ** 62, 1e300, float("inf"), float("nan"), True, False, "12",
           " -5 ", "x", "", b"77", None, 3j, 10 ** 20, MyInt(4), Index(9), [],
           2.0 ** 49 - 1, -0.0]
print(ints(numbers))
print(convert(int, numbers))


def floats(values):
    out = None
    for k in range(50):
        out = []
        for v in values:
            try:
                out.append(float(v))
            except Exception as e:
                out.append(type(e).__name__ + ": " + str(e))
    return out


print(floats([1, 2.5, -3, 2 ** 49 - 1, 2 ** 60, "1.5", "nan", "x", None, True,
              MyInt(3), Index(2), 10 ** 400, -0.0]))


def strs(values):
    out = None
    for k in range(50):
        out = []
        for v in values:
            out.append(str(v))
    return out


print(strs(["a", 1, 2.5, None, True, 10 ** 25, 1j, b"x", (1, "a"), [1], Text(),
            MyInt(5), int, "a" * 3]))


def ranges(cases):
    out = []
    for k in range(40):
        for case in cases:
            if len(case) == 1:
                r = range(case[0])
            elif len(case) == 2:
                r = range(case[0], case[1])
            else:
                r = range(case[0], case[1], case[2])
            total = 0
            n = 0
            for x in r:
                total = total * 3 % 1000003 + x
                n += 1
                if n > 50:
                    break
            if k == 39:
                out.append((r, len(r) if n < 51 else -1, total, r.start, r.stop,
                            r.step, r == range(r.start, r.stop, r.step)))
    return out


for line in ranges([(0,), (5,), (-3,), (2, 7), (7, 2), (-5, 5), (0, 10, 3),
                    (10, 0, -3), (10, 0, 3), (0, 10, -1), (5, 5), (5, 6, 100),
                    (-(2 ** 49), 2 ** 49 - 1), (2 ** 49 - 1, -(2 ** 49), -1),
                    (-(2 ** 49), 2 ** 49 - 1, 2 ** 48), (1, 2 ** 60, 2 ** 58),
                    (True,), (Index(3),), (0, Index(3)), (2 ** 70, 2 ** 70 + 3)]):
    print(line)
print(attempt(range, 1, 2, 0), attempt(range, 1.5), attempt(range),
      attempt(range, 1, 2, 3, 4), attempt(range, "a"))


def range_errors():
    out = []
    for i in range(100):
        try:
            if i % 10 == 9:
                range(0, 5, 0)
            elif i % 10 == 8:
                range("5")
            else:
                out.append(len(range(0, i, i % 10 + 1)))
        except (ValueError, TypeError) as e:
            out.append(str(e))
    return out[-12:]


print(range_errors())


def nested(n):
    """A range that is only looped over, one that gets away."""
    kept = []
    total = 0
    for i in range(n):
        for j in range(i % 4):
            total += j
        r = range(i, i + 3)
        if i % 37 == 0:
            kept.append(r)
        for j in range(i, i - 3, -1):
            total += j
    return total, kept


print(nested(300))


def fresh(n):
    """Every call makes an object of its own."""
    bad = 0
    source = [1, 2]
    d = {"a": 1}
    for i in range(n):
        a = list(source)
        b = list(source)
        c = source.copy()
        e = source.copy()
        x = dict()
        y = dict()
        s = set()
        t = set()
        p = "a b".split()
        q = "a b".split()
        m = d.copy()
        o = d.copy()
        a.append(i)
        c.append(i)
        x[i] = i
        s.add(i)
        p.append(i)
        m["b"] = i
        if (len(b) != 2 or len(e) != 2 or y or t or len(q) != 2 or len(o) != 1
                or a is b or c is e or x is y or s is t or p is q or m is o):
            bad += 1
        if object() is object():
            bad += 1
        if list() is list() or [] is []:
            bad += 1
    return bad, a, c, x, s, p, m


print(fresh(300))


def copies(n):
    out = None
    d = {"k": 1, "l": 2}
    for i in range(n):
        out = [list((1, i)), tuple([1, i]), list(range(3)), list("abc"),
               tuple("xy"), list(d), list(d.values()), list(d.items()),
               sorted(set("hello")), sorted(set(range(3))), tuple(()),
               list({i: 1}), sorted(frozenset("aab")), str(), int(), float(),
               bool(), tuple(), list(enumerate([5, 6])),
               list(reversed([1, 2, 3])), list(enumerate("ab"))]
    return out


print(copies(120))


def bound_methods(n):
    """A bound builtin method kept in a variable, new in every call."""
    total = 0
    for k in range(n):
        items = []
        seen = {}
        put = items.append
        get = seen.get
        for i in range(5):
            put(i * k)
            seen[i] = k
            total += get(i, 0) + get(i + 100, 1)
        total += len(items) + items[-1]
        pop = items.pop
        total += pop() + pop(0)
        index = items.index
        try:
            total += index(-1)
        except ValueError as e:
            total += len(str(e)) > 0
    return total


print(bound_methods(200))


def method_shapes(n):
    out = []
    text = "a,b,c"
    for i in range(n):
        parts = text.split(",", i % 3) if i % 2 else text.split(",")
        out.append(len(parts))
        out.append(text.startswith("a"))
        out.append(text.find("b", i % 4))
        d = {1: 2}
        out.append(d.get(1))
        out.append(d.get(2))
        out.append(d.get(2, i))
        out.append(d.setdefault(i, 5))
        out.append(d.pop(99, None))
        try:
            text.split(1)
        except TypeError as e:
            out.append(str(e))
        try:
            d.get()
        except TypeError as e:
            out.append(str(e))
        try:
            list.append({}, 1)
        except TypeError as e:
            out.append(str(e))
        try:
            str.upper()
        except TypeError as e:
            out.append(str(e))
    return out[-13:]


print(method_shapes(100))


class MyList(list):
    def append(self, x):
        list.append(self, x * 2)


def subclass(n):
    a = MyList()
    for i in range(n):
        a.append(i)
        list.append(a, -1)
    f = a.extend
    for i in range(n):
        f([i])
    return len(a), sum(a), a[:4]


print(subclass(100))


def extremes(n):
    out = []
    for i in range(n):
        a, b, c = i % 5, 2.5, -(i % 3)
        out = [min(a, b), max(a, b, c), min(a, b, c), max(c, b, a, 4),
               min("b", "a", str(i)), max((1, 2), (1, i)), min([i], [3], [5]),
               max(a, True), min(0.0, -0.0), max(a, b, c, 1, 2, 3, i),
               sum([a, i, 2 ** 49 - 1, 1]), sum([a, b, c]), sum([0.1] * 10),
               sum((1.5, 10 ** 20)), sum([[1], [i]], []), sum([True, a]),
               max([a, c, 3]), min([b, a]), max([1, 2.5, i], key=lambda v: -v),
               sum([float("inf"), -float("inf")]) != 0, sum([1e308, 1e308])]
        if i > 50 and i % 3 == 0:
            try:
                max(a, "x", c)
            except TypeError as e:
                out.append(str(e))
            try:
                min(a, b, None)
            except TypeError as e:
                out.append(str(e))
    return out


print(extremes(100))
