# next(generator) and generator.send() in hot loops: results, StopIteration and
# its value, tracebacks, states, recursion; yield from over everything.
import sys


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
    return "end"


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e)


def names(e):
    out = []
    tb = e.__traceback__
    while tb:
        out.append((tb.tb_frame.f_code.co_name))
        tb = tb.tb_next
    return out


def drain(n):
    g = count(n)
    total = 0
    while True:
        try:
            total += next(g)
        except StopIteration as stop:
            return total, stop.value, names(stop), stop.args


for n in (0, 1, 500):
    print(drain(n))


def averager():
    total = count = 0
    value = None
    while True:
        value = yield (total / count if count else 0.0)
        if value is None:
            return total
        total += value
        count += 1


def feed(n):
    a = averager()
    mean = next(a)
    send = a.send
    for i in range(n):
        mean = a.send(i)
        if i % 3 == 0:
            mean = send(1)
    try:
        a.send(None)
    except StopIteration as stop:
        return mean, stop.value, names(stop)


print(feed(600))
a = averager()
print(attempt(a.send, 1), attempt(lambda: a.send(1)), a.send(None), a.send(3))
print(attempt(lambda: next(count(0))), attempt(lambda: next(iter(()))))
print(next(count(0), "default"), next(count(2), "default"))
print(attempt(lambda: next(5)), attempt(lambda: next([])))
g = count(1)
print(next(g), attempt(lambda: next(g)), attempt(lambda: next(g)),
      attempt(lambda: g.send(None)))


def breaks(n):
    yield n
    1 // (n % 7)
    yield -n


def errors(n):
    seen = {}
    for i in range(n):
        g = breaks(i)
        try:
            r = next(g) + next(g)
            key = r, "fine"
            next(g)
        except Exception as e:
            key = key if type(e) is StopIteration else (
                type(e).__name__, tuple(names(e)))
        seen[key] = seen.get(key, 0) + 1
    return seen


print(errors(400))


def mine():
    yield 1
    yield next(me)


me = mine()
print(next(me), attempt(lambda: next(me)))
me = mine()
print(next(me), attempt(lambda: me.send(0)))


def caller():
    yield sys._getframe(1).f_code.co_name


def ask():
    return next(caller())


print(ask(), [ask() for _ in range(100)][-1])


def stops(n):
    yield n
    if n % 3 == 0:
        raise StopIteration(n)
    next(iter(()))


def pep479(n):
    out = []
    for i in range(n):
        g = stops(i)
        next(g)
        try:
            next(g)
        except RuntimeError as e:
            out.append((str(e), repr(e.__cause__), names(e)))
    return out


r = pep479(300)
print(r[0], r[1], r[-1], len(r))


# -- trees, iterables of other kinds, values of yield from --
class Tree:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def build(low, high):
    if low >= high:
        return None
    mid = (low + high) // 2
    return Tree(build(low, mid), mid, build(mid + 1, high))


t = build(0, 700)
print(sum(t), max(t), list(t)[:5], sum(x * x for x in t), sum(1 for _ in t))


def nest(n):
    if n == 0:
        yield 0
        return 1
    depth = yield from nest(n - 1)
    yield depth
    return depth + 1


print([sum(nest(n)) for n in (1, 5, 20, 60)])


def over(kinds):
    for k in kinds:
        r = yield from k
        yield r


print(list(over([[1, 2], (3,), {4: 5}, "ab", range(2), count(2), iter([7])])))


class Sink:
    def __init__(self):
        self.got = []

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)

    def send(self, v):
        self.got.append(v)
        if len(self.got) % 5 == 0:
            raise StopIteration(len(self.got))
        return v


def through(sink, n):
    out = []
    for _ in range(n):
        out.append((yield from sink))
    return out


def push(n):
    s = Sink()
    g = through(s, n)
    next(g)
    i = 0
    while True:
        try:
            g.send(i)
        except StopIteration as stop:
            return len(stop.value), stop.value[-1], i, s.got[-3:]
        i += 1


print(push(3), push(100))


def pump(n):
    while n:
        got = yield n
        n += got - 1


def drive():
    g = pump(5)
    next(g)
    seen = []
    for i in range(300):
        seen.append(g.send(1 if i < 250 else 0))
        if seen[-1] == 1:
            break
    g.close()
    return len(seen), seen[-1], attempt(lambda: g.send(1))


print(drive())


# a hot loop inside the generator, with bridges that end at its yields
def sieve(n):
    flags = [True] * n
    for i in range(2, n):
        if flags[i]:
            for j in range(i * i, n, i):
                flags[j] = False
            yield i
        elif i % 91 == 0:
            yield -i


print(sum(sieve(3000)), len(list(sieve(2000))))
g = sieve(2000)
s = 0
for v in g:
    s += v
    if v > 1000:
        break
print(s, next(g), sum(g))


def deep(n):
    g = deep(n + 1)
    yield n
    yield next(g)


def dig():
    g = deep(0)
    next(g)
    return next(g)


print(dig())


def endless():
    yield next(endless())


print(attempt(lambda: next(endless()))[0])
