# Argument binding: every message.
def f0(): pass
def f1(a): pass
def f2(a, b, c=3): pass
def f3(a, /, b, *, c, d=1): pass
def f4(*args, **kw): return args, kw
def f5(a, b, c, d): pass
def f6(*, x, y, z): pass
def f7(a=1, b=2): pass
def f8(a, b, /): pass
def f9(a, *args, k): pass
class C:
    def m(self, a): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
    def __call__(self, x): pass
class D:
    def __init__(self, a, b): pass
class E: pass
class F:
    def __new__(cls, a): return object.__new__(cls)
lam = lambda x: x
def outer():
    def inner(a): pass
    return inner
tests = """f0(1)|f0(1, 2)|f0(x=1)|f1()|f1(1, 2)|f1(b=1)|f1(1, a=2)|f1(1, b=2)|f2()|f2(1)|f2(1, 2, 3, 4)|f2(c=1)|f2(b=2)
f2(1, b=2, d=4)|f2(1, 2, c=3, a=1)|f3()|f3(1)|f3(1, 2)|f3(1, 2, 3)|f3(a=1, b=2, c=3)|f3(1, b=2, c=3, a=4)|f3(1, 2, 3, c=4)|f3(1, 2, 3, c=4, d=5)|f3(1, b=2, d=1)
f5()|f5(1)|f5(1, 2)|f5(1, 2, 3)|f5(1, 2, 3, 4, 5)|f5(b=1, c=2)|f6()|f6(x=1)|f6(1)|f6(1, 2, x=1)|f6(1, x=1, y=2, z=3)|f6(w=1)|f7(1, 2, 3)|f7(c=1)|f7(1, a=1)
f8(a=1, b=2)|f8(1, b=2)|f8()|f8(1)|f8(1, 2, 3)|f9()|f9(1)|f9(k=1)|f9(1, 2, a=3, k=1)|lam()|lam(1, 2)|outer()()|outer()(1, 2)
C().m()|C().m(1, 2)|C.m()|C.m(1)|C.c()|C.c(1, 2)|C.s()|C.s(1, 2)|C()()|C()(1, 2)|C(1)|C(x=1)|D()|D(1)|D(1, 2, 3)|E(1)|E(a=1)|F()|F(1, 2)
f4(*1)|f4(**1)|f4(*[1], **{"a": 2})|f4(**{1: 2})|f4(a=1, **{"a": 2})|f4(**{"a": 1}, **{"a": 2})|f1(*[1, 2])|f1(**{"a": 1, "b": 2})|f4(*None)|f4(1, *2)|f4(*[1], *2)|f4(**None)|f4(**[1])|f1(*(), **{})
f4(**{"a b": 1})|f1(**{"a b": 1})|5()|"a"()|None()|[]()|C().x()|(lambda *, a: a)(1)|(lambda a, /: a)(a=1)
len()|len(1, 2)|len(x=1)|len(5)|abs()|abs("a")|ord("ab")|ord(5)|chr("a")|chr(-1)|chr(1114112)|isinstance(1)|isinstance(1, 2)|issubclass(1, int)|issubclass(int, 1)|getattr(1)|getattr(1, 2)|getattr(1, "zz")|hasattr(1, 2)
setattr(1, "a", 1)|delattr(1, "a")|iter()|iter(5)|iter(5, 6)|next(5)|range()|range(1, 2, 3, 4)|range("a")|range(1, 2, 0)|range(1.5)|zip(1)|map()|map(1)|map(len)|list(map(1, [2]))|enumerate()|enumerate(5)|reversed(5)|reversed({1})|sorted(1)|sorted([1, "a"])
min()|min(1)|min([])|max([], key=1)|sum()|sum(1)|sum(["a"])|sum(["a"], "")|pow()|pow(1)|pow(1, 2, 3, 4)|pow(2, -1, 4)|pow(2.0, 1, 3)|round()|round("a")|round(1.5, "a")|divmod(1)|divmod("a", 1)|hash([])|hash({})|hash(set())|id()|print(foo=1)|print(1, sep=2)|print(1, end=3)|input(1, 2)|open()
list(1)|list(1, 2)|tuple(1)|tuple(1, 2)|set(1)|set([[]])|dict(1)|dict([1])|dict([(1, 2, 3)])|dict(1, 2)|frozenset(1)|str(1, 2)|str(b"a", "b", "c", "d")|bytes("a")|bytes(-1)|bytes([256])|bytes(["a"])|bytearray("a")|int("a")|int([])|int("a", 37)|int(1, 2)|int("1", "2")|float("a")|float([])|float(1, 2)|complex("a")|complex([])|complex("1", 2)|complex(1, "2")|bool(1, 2)
object(1)|object.__new__(1)|object.__new__(int)|int.__new__(str)|type()|type(1, 2)|type(1, 2, 3)|type("a", (), 5)|type("a", (1,), {})|super()|super(1)|super(int, "a")|property(1, 2, 3, 4, 5)|slice()|slice(1, 2, 3, 4)|memoryview(1)
"".join(5)|"".join([1])|"".join(["a", 1])|"a".split(5)|"a".split("")|"a".replace("b")|"a".replace(1, 2)|"a".startswith(5)|"a".startswith((1,))|"a".find(5)|"a".index("b")|"a".center()|"a".center("b")|"a".center(5, "ab")|"a".encode("zzz")|"a".format(5, x=1)|"{} {}".format(1)|"{x}".format()|"{a.b}".format(a=1)|"{0[z]}".format([1])|"{!x}".format(1)|"{".format()|"}".format()|"%d" % "a"|"%d %d" % 1|"%d" % (1, 2)|"%z" % 1|"%(a)s" % 1|"%(a)s" % {}|"%c" % "ab"|"%c" % 1114112
[].append()|[].append(1, 2)|[].append(x=1)|[].pop()|[1].pop(5)|[1].pop("a")|[].remove(1)|[].index(1)|[].insert(1)|[].insert("a", 1)|[].extend(1)|[].sort(1)|[1, "a"].sort()|[].sort(key=1, foo=2)|[1][1]|[1]["a"]|[1][1.0]|(1,)[1]|"a"[1]|b"a"[1]|{}[1]|{}[[]]|{}.pop(1)|{}.popitem()|{}.update(1)|{}.update([1])|{}.get()|{}.setdefault()|dict.fromkeys()|dict.fromkeys(1)|{1}.remove(2)|set().pop()|{1}.add()|{1}.add([])|{1}.union(1)|{1} | [1]|{1} < 1|frozenset().add(1)"""
for line in tests.split("\n"):
    for t in line.split("|") if " | " not in line else line.replace(" | ", " \0 ").split("|"):
        t = t.replace("\0", "|")
        try:
            r = eval(t)
        except BaseException as e:
            print(t, "->", type(e).__name__, e)
        else:
            print(t, "=", r if not isinstance(r, (C, D, E, F)) else type(r).__name__)
