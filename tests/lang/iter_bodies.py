# Builtins that consume generators: results, keywords, errors, what frames and
# tracebacks show, generators that raise, return, re-enter.
import sys


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def attempt(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return type(e).__name__, str(e)


def lines(e):
    out = []
    tb = e.__traceback__
    while tb:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out


# -- results, in every form of call --
print(sum(count(10)), sum(count(10), 5), sum(count(4), start=1.5))
print(sum(([i] for i in count(3)), []))
print(sum((2 ** 60 + i for i in count(3))))
print(any(i > 3 for i in count(10)), any(i > 30 for i in count(10)))
print(all(i < 3 for i in count(10)), all(i < 30 for i in count(10)))
print(any(count(0)), all(count(0)), sum(count(0)))
print(min(-i % 7 for i in count(10)), max(-i % 7 for i in count(10)))
print(min(count(0), default="d"), max(count(0), default=None))
print(min(count(5), default="d"), max(count(5), default=None))
print(min((str(i) for i in count(12)), key=int),
      max((str(i) for i in count(12)), key=int))
print(min(count(5), key=None), max(count(5), key=None))
print(max(count(6), key=lambda x: x % 3, default=0),
      max(count(6), default=0, key=lambda x: x % 3))
print(max((x for x in [(1, 'a'), (1, 'b')]), key=lambda p: p[0]))
print(list(count(5)), tuple(count(5)), sorted(set(count(5))),
      frozenset(count(3)) == frozenset({0, 1, 2}))
print(type(list(count(0))), type(tuple(count(0))), type(set(count(0))),
      type(frozenset(count(0))), type(dict(x for x in ())))
print(dict((i, i * i) for i in count(4)), dict([i, i] for i in count(3)))
print(dict(("ab", "cd", (1, 2))[i] for i in count(3)))
print(dict(((i, i) for i in count(2)), x=1))
print(sorted(-i for i in count(4)), sorted(count(4), reverse=True),
      sorted((str(i) for i in count(12)), key=int),
      sorted(count(4), key=lambda x: x % 2, reverse=True),
      sorted(count(4), reverse=1, key=lambda x: x % 2))
print(", ".join(str(i) for i in count(4)), repr("".join(x for x in [])))
a = [7]
print(a.extend(i for i in count(3)), a)
list.extend(a, count(2))
print(a, str.join("-", (c for c in "abc")))
join = "+".join
print(join(c for c in "xyz"))
print(sum(*[count(4)]), max(*[count(4)], **{"default": 1}))

# -- errors: wording and order --
print(attempt(sum, (str(i) for i in count(2))))
print(attempt(lambda: sum(str(i) for i in count(2))))
print(attempt(lambda: sum((str(i) for i in count(2)), "")))
print(attempt(lambda: sum((i for i in count(2)), b"")))
print(attempt(lambda: sum(count(2), start=bytearray())))
print(attempt(lambda: sum(count(2), 1, 2)))
print(attempt(lambda: sum(count(2), stat=1)))
print(attempt(lambda: min(count(0))), attempt(lambda: max(count(0))))
print(attempt(lambda: max(count(0), key=str)))
print(attempt(lambda: max((i, "a")[i] for i in count(2))))
print(attempt(lambda: min(((i, "a")[i] for i in count(2)), key=lambda x: x)))
print(attempt(lambda: "".join(i for i in count(2))))
print(attempt(lambda: "".join(("a", 1)[i] for i in count(2))))
print(attempt(lambda: set([i] for i in count(2))))
print(attempt(lambda: frozenset([i] for i in count(2))))
print(attempt(lambda: dict(i for i in count(2))))
print(attempt(lambda: dict(((1, 2), (1, 2, 3))[i] for i in count(2))))
print(attempt(lambda: dict(((1, 2), "abc")[i] for i in count(2))))
print(attempt(lambda: dict(([], 1) for i in count(2))))
print(attempt(lambda: sorted((1, "a")[i] for i in count(2))))
print(attempt(lambda: list(count(2), 1)), attempt(lambda: list(x=count(2))))
print(attempt(lambda: tuple(count(2), 1)), attempt(lambda: any(count(2), 1)))


class Odd:
    def __bool__(self):
        raise ValueError("no truth")


print(attempt(lambda: any(Odd() for i in count(2))))
print(attempt(lambda: all(Odd() for i in count(2))))


# -- exceptions in the generator; tracebacks --
def broken(n):
    yield from range(n)
    raise KeyError("broken")


def stops():
    yield 1
    raise StopIteration(2)


def traced(f):
    try:
        f()
    except Exception as e:
        first = f.__code__.co_firstlineno
        base = traced.__code__.co_firstlineno
        print(type(e).__name__, e,
              [(n, l - (base if n == "traced" else
                        first if n == f.__code__.co_name else 0) if n in
                ("traced", f.__code__.co_name) else None)
               for n, l in lines(e)], type(e.__context__).__name__)


def in_sum(): return sum(broken(2))
def in_list(): return list(broken(2))
def in_max(): return max(broken(2), key=str)
def in_key(): return max(count(3), key=lambda x: 1 // (x - 1))
def in_join(): return "".join(str(i) for i in broken(2))
def in_stop(): return sum(stops())
def in_add(): return sum([1] for x in count(2))
def in_empty(): return min(count(0))
def in_sorted(): return sorted(broken(1))
def in_dict(): return dict((i, i) for i in broken(2))


for f in (in_sum, in_list, in_max, in_key, in_join, in_stop, in_add, in_empty,
          in_sorted, in_dict):
    for _ in range(3):
        traced(f)


# -- frames: who called the generator, the key function --
def names():
    f = sys._getframe(1)
    out = []
    while f and len(out) < 4:
        out.append(f.f_code.co_name)
        f = f.f_back
    return out


def watcher():
    yield names()
    yield sys._getframe().f_back.f_code.co_name


def outer_frame():
    return list(watcher())


def key_frame():
    seen = []
    max(count(2), key=lambda x: seen.append(names()) or 0)
    return seen


print(outer_frame())
print(key_frame())


def local_names():
    xyz = 3
    return sorted(max(count(2), key=lambda v: len(locals())) for q in count(1))


print(local_names())
print(max(("1 + 1", "len(__name__)") [i] for i in count(2)) and
      max((s for s in ["1 + 1", "len(__name__)"]), key=eval))


# -- re-entering, closing, partly used generators --
def selfish():
    yield 1
    yield sum(g)


g = selfish()
print(attempt(lambda: list(g)))
g = count(10)
print(next(g), any(i == 3 for i in g), list(g), list(g))
g = count(10)
next(g)
print(sum(g), sum(g))


def cleanup(log):
    try:
        for i in range(3):
            yield i
    finally:
        log.append("closed")


log = []
print(list(cleanup(log)), log)


def growing():
    global target
    for i in range(3):
        target.append(-i)
        yield i


target = []
target.extend(growing())
print(target)


# -- handled exceptions inside and outside --
def handled():
    yield sys.exc_info()[0]
    try:
        1 // 0
    except ZeroDivisionError:
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]


try:
    raise OSError
except OSError:
    print([e and e.__name__ for e in list(handled())], sys.exc_info()[0].__name__)
print(list(handled()), sys.exc_info()[0])


# -- the same call over several kinds; shadowed names --
def several(x):
    return sum(x), list(x)


for x in (count(3), [1, 2], (1, 2), {1: 2}, {3}, range(3), count(4), b"ab",
          iter([1, 2])):
    print(several(x))


def shadow():
    sum = max = lambda it: "mine"
    return sum(count(2)), max(count(3))


print(shadow())


class MyList(list):
    def append(self, x):
        raise ValueError("not called")


m = MyList(count(3))
m.extend(count(2))
print(m)


class MyStr(str):
    def join(self, it):
        return super().join(x.upper() for x in it)


print(MyStr("-").join(c for c in "abc"))


# -- deep recursion --
def nested(n):
    if n:
        yield sum(nested(n - 1)) + 1
    else:
        yield 0


print(sum(nested(40)))


def endless():
    yield sum(endless())


print(attempt(lambda: sum(endless()))[0])


# -- hot --
def hot(n):
    t = 0
    for i in range(n):
        t += sum(x * i for x in range(5)) + max(x ^ i for x in count(4))
        t += len(set(x // 2 for x in range(6))) + any(x == i for x in range(9))
        t += len(",".join(str(x) for x in count(i % 5)))
        t += len(dict((x, x) for x in range(i % 3)))
        t += sum(tuple(x + 0.5 for x in range(3)))
        t += sorted((x * 7 % 5 for x in range(5)), key=lambda v: -v)[0]
    return t


print(hot(500))


def mixed(n):
    out = []
    for i in range(n):
        try:
            out.append(sum(1 // (x - i % 4) for x in count(3)))
        except ZeroDivisionError as e:
            out.append(len(lines(e)))
    return out


print(sum(mixed(400)), mixed(6))
