# Deep recursion in every way: RecursionError, never a crash; and it recovers.
import sys
def show(name, f):
    try:
        r = f()
    except RecursionError as e:
        print(name, "RecursionError")
    except BaseException as e:
        print(name, type(e).__name__, str(e)[:60])
    else:
        print(name, "fine", r if isinstance(r, (int, str)) and len(str(r)) < 40 else type(r).__name__)
def plain(n=0): return plain(n + 1)
show("plain", plain)
def mutual_a(): return mutual_b()
def mutual_b(): return mutual_a()
show("mutual", mutual_a)
class R:
    def __repr__(self): return repr(self)
    def __str__(self): return str(self)
    def __eq__(self, o): return self == o
    def __lt__(self, o): return self < o
    def __hash__(self): return hash(self)
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __iter__(self): return iter(self)
    def __next__(self): return next(self)
    def __call__(self): return self()
    def __getattr__(self, n): return getattr(self, n + "x")
    def __getitem__(self, i): return self[i]
    def __contains__(self, i): return i in self
    def __add__(self, o): return self + o
    def __radd__(self, o): return o + self
    def __iadd__(self, o): self += o
    def __neg__(self): return -self
    def __int__(self): return int(self)
    def __index__(self): return [1][self]
    def __format__(self, s): return format(self, s)
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    def __set__(self, o, v): o.d = v
    def __get__(self, o, t): return o.d
    def __dir__(self): return dir(self)
    def __instancecheck__(self, o): return isinstance(o, self)
    def __reduce_ex__(self, p): return self.__reduce_ex__(p)
r = R()
def iadd():
    x = r
    x += 1
class Own: d = R()
for name, f in (("repr", lambda: repr(r)), ("str", lambda: str(r)), ("eq", lambda: r == 1), ("lt", lambda: r < 1), ("hash", lambda: hash(r)), ("len", lambda: len(r)), ("bool", lambda: bool(r)),
                ("iter", lambda: iter(r)), ("next", lambda: next(r)), ("call", lambda: r()), ("getattr", lambda: r.foo), ("getitem", lambda: r[0]), ("contains", lambda: 1 in r), ("add", lambda: r + 1),
                ("radd", lambda: 1 + r), ("iadd", iadd), ("neg", lambda: -r), ("int", lambda: int(r)), ("index", lambda: [1][r]), ("format", lambda: f"{r}"), ("enter", lambda: r.__enter__()),
                ("set", lambda: setattr(Own(), "d", 1)), ("get", lambda: Own().d), ("dir", lambda: dir(r)), ("isinstance", lambda: isinstance(1, r))):
    show(name, f)
def nest(n, make):
    x = make(None)
    for _ in range(n): x = make(x)
    return x
N = 100000
for name, make in (("list", lambda x: [x]), ("tuple", lambda x: (x,)), ("dict", lambda x: {1: x})):
    x, y = nest(N, make), nest(N, make)
    show(name + " repr", lambda: repr(x))
    show(name + " eq", lambda: x == y)
    show(name + " str", lambda: str(x))
    del x, y
def key(v): return sorted([1], key=key)
show("sort key", lambda: key(1))
show("map", lambda: list(map(lambda f: f(f), [lambda f: list(map(f, [f]))])))
def gen(n): yield from gen(n + 1)
show("yield from", lambda: list(gen(0)))
def gen2():
    for x in gen2(): yield x
show("gen for", lambda: list(gen2()))
def comp(): return [comp() for _ in range(1)]
show("comprehension", comp)
def star(*a, **k): return star(*a, **k)
show("star", star)
def kw(a=1): return kw(a=a)
show("kw", kw)
def ex(): exec("ex()")
show("exec", ex)
def ev(): return eval("ev()")
show("eval", ev)
class C:
    def __init__(self): C()
show("init", C)
class N2:
    def __new__(cls): return N2()
show("new", N2)
class M(type):
    def __call__(cls): return cls()
class MM(metaclass=M): pass
show("meta call", MM)
def prop():
    class P:
        @property
        def x(self): return self.x
    return P().x
show("property", prop)
def deleg():
    try:
        return deleg()
    finally:
        pass
show("finally", deleg)
def catcher():
    try:
        catcher()
    except RecursionError:
        return "caught deep"
    return "outer"
show("catch", catcher)
async def co(): await co()
show("await", lambda: co().send(None))
sys.setrecursionlimit(200)
def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
print(100 < depth() <= 200)
for bad in (0, -1, "a", 1):
    try:
        sys.setrecursionlimit(bad)
    except BaseException as x:
        print(type(x).__name__, x if bad != 1 else "")
sys.setrecursionlimit(1000)
print(sys.getrecursionlimit())
sys.setrecursionlimit(20000)
def count(n): return 0 if n == 0 else 1 + count(n - 1)
print(count(15000))
show("still", lambda: count(50000))
compile("(" * 50 + ")" * 50, "x", "eval")
sys.setrecursionlimit(1000)
for src in ("(" * 100000, "[" * 150 + "]" * 150, "-" * 100000 + "1", "not " * 50000 + "1", "1" + "+1" * 50000, "a" + ".b" * 50000, "f" + "()" * 50000, "x = " * 50000 + "1", "if 1:\n" + "".join(" " * i + "if 1:\n" for i in range(1, 101)) + " " * 101 + "pass", "lambda: " * 50000 + "1", "{" * 100000, "a if b else " * 50000 + "c", "a and " * 50000 + "b", "[x for x in " * 20000 + "y"):
    try:
        compile(src, "x", "exec")
        print("compiled")
    except (RecursionError, SyntaxError, MemoryError, IndentationError) as e:
        print("refused")
