# Unpacking, with-statement, formatting, decorators, star expressions.
def show(f, *a):
    try:
        print(f(*a))
    except BaseException as e:
        print(type(e).__name__, e)
def unp(s, v):
    ns = {"v": v}
    try:
        exec(s + " = v", ns)
        return {k: x for k, x in sorted(ns.items()) if k not in ("v", "__builtins__")}
    except BaseException as e:
        return f"{type(e).__name__} {e}"
class It:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n):
            print("y", i, end=" ")
            yield i
class Bad:
    def __iter__(self): raise ValueError("iter")
class Bad2:
    def __iter__(self): return self
    def __next__(self): raise KeyError("next")
class Old:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
for t in ("a, b", "a, b, c", "a, *b", "*a, b", "a, *b, c", "[a, b]", "(a, (b, c))", "*a,", "a, *b, c, d", "()", "[]", "a,"):
    for v in ((1, 2), [1, 2, 3], "xy", It(2), It(5), {"k": 1, "j": 2}, 5, None, Bad(), Bad2(), Old(), (1, (2, 3)), (), range(2), b"ab"):
        print(t, "|", unp(t, v))
a = b = c = []
a.append(1); print(c, a is b)
i = 0
x = [0, 1, 2]
i, x[i] = 1, "z"; print(i, x)
x[0], x[1] = x[1], x[0]; print(x)
def order(n): print("o", n, end=" "); return n
d = {}
d[order(1)], d[order(2)] = order(3), order(4); print(d)
d[order("k")] = order("v"); d[order("k")] += order("w"); print(d)
print([*range(3), *"ab", 5], (*[1], *()), {*[1, 2], *{2, 3}} == {1, 2, 3}, {**{"a": 1}, "b": 2, **{"a": 3}})
show(lambda: [*5]); show(lambda: {**5}); show(lambda: {*5}); show(lambda: (*None,)); show(lambda: {[]: 1}); show(lambda: {[]})
for q, (w, *e) in [(1, (2, 3, 4)), (5, "ab")]: print(q, w, e)
for x[0] in range(2): pass
print(x)
class CM:
    def __init__(self, n, enter=None, exit=None, ret=False): self.n, self.en, self.ex, self.ret = n, enter, exit, ret
    def __enter__(self):
        print("enter", self.n)
        if self.en: raise self.en
        return self
    def __exit__(self, *a):
        print("exit", self.n, a[0] and a[0].__name__, a[1], a[2] is not None)
        if self.ex: raise self.ex
        return self.ret
def w1():
    with CM(1), CM(2, enter=ValueError("en")), CM(3): print("body")
show(w1)
def w2():
    with CM(1, ret=True) as x, CM(2, exit=KeyError("ex")): raise ValueError("body")
    return "suppressed"
show(w2)
def w3():
    with CM(1, exit=KeyError("ex")): raise ValueError("body")
try: w3()
except KeyError as e: print(repr(e), repr(e.__context__))
def w4():
    with (CM(1) as a, CM(2) as b,): return a.n + b.n
show(w4)
def w5():
    with CM(1) as (a, b): pass
show(w5)
def w6():
    for i in range(3):
        with CM(i, ret=True):
            if i == 0: continue
            if i == 1: raise ValueError
            if i == 2: break
    with 5: pass
show(w6)
class NoExit:
    def __enter__(self): pass
def w7():
    with NoExit(): pass
show(w7)
class InstOnly: pass
def w8():
    o = InstOnly(); o.__enter__ = lambda: 1; o.__exit__ = lambda *a: 1
    with o: pass
show(w8)
def w9():
    with CM("t", ret="truthy"): raise BaseException("be")
    return "ok"
show(w9)
class BoolRaise:
    def __bool__(self): raise TypeError("bool of exit")
def w10():
    with CM("b", ret=BoolRaise()): raise ValueError("v")
show(w10)
def deco(tag):
    print("deco", tag)
    def d(f): print("apply", tag, f.__name__); return f
    return d
@deco(1)
@deco(2)
def decorated(x=order("default")): return x
@(lambda c: type(c.__name__, (c,), {"extra": 1}))
class Decorated: pass
print(decorated(), Decorated.extra)
@(lambda f: None)
def printed(): pass
print(printed is None)
v, w, p = 3.14159, 10, 2
print(f"{v:{w}.{p}f}|{v!r:>10}|{v=}|{v = :.1f}|{'a' 'b'}|{{}}|{v:{'>'}{w}}|{[i for i in range(2)]}|{ {1: 2}[1] }|{(lambda x: x)(5)}|{'nested ' + f'{w}'}")
show(lambda: f"{v:{w}x}"); show(lambda: f"{undefined_name}"); show(lambda: f"{v!s:.3}"); show(lambda: f"{None:5}"); show(lambda: f"{[]:5}"); show(lambda: f"{5:d}{5:b}{5:x}{5:c}{5:e}{5:n}{5:,}{5:%}"); show(lambda: f"{5:q}"); show(lambda: f"{'a':d}"); show(lambda: f"{1.5:d}")
class Fm:
    def __format__(self, s): return f"<{s}>"
print(f"{Fm()}{Fm():abc}{Fm()!r:.2}", "{:{}}".format(Fm(), "spec"), "%s" % (Fm.__name__,), "{0.__class__.__name__}".format(Fm()))
x = 5
def annot(a: int, *b: "str", c: x = 1, **d: list[int]) -> None: pass
print(annot.__annotations__)
y: int = 3
z: "undefined"
print(__annotations__)
class An:
    a: int
    b: str = "s"
    (c): float = 1
print(An.__annotations__)
assert x == 5, "never"
try:
    assert x == 6, ("tuple", 1)
except AssertionError as e:
    print(e.args)
try:
    assert []
except AssertionError as e:
    print(e.args)
del x, (y)
print("x" in globals(), "y" in globals())
print(*[1, 2], *"ab", sep="-", end="!\n")
lst = [1, 2, 3, 4, 5]
lst[1:3] = "abc"; print(lst); del lst[::2]; print(lst); lst[:] = []; print(lst)
show(lambda: exec("lst[::2] = [1, 2, 3]")); show(lambda: exec("lst[0] = 1")); show(lambda: exec("del lst[5]"))
t = ([],)
try:
    t[0] += [1]
except TypeError as e:
    print(e, t)
while True:
    i += 1
    if i > 5: break
else: print("no")
for i in range(2): pass
else: print("for else", i)
print((lambda: (yield))() is not None, "", not None, -True, 1 if [] else 2, ..., 0x_ff, 1_000, 0b1, 0o7, 1e3, .5, 1j, "\x41\u0042\N{BULLET}", b"\x00\xff", r"\n", "a" "b")
