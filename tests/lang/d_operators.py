# Operators: reflected, in-place, NotImplemented, comparison chains, precedence of subclasses.
log = []
def show(f, *a):
    try:
        r = f(*a)
    except BaseException as e:
        r = f"{type(e).__name__} {e}"
    print(r, log)
    log.clear()
names = "add sub mul truediv floordiv mod pow matmul lshift rshift and or xor divmod".split()
def mk(name, bases=(), ret=None, which=("", "r", "i")):
    ns = {}
    for n in names:
        for p in which:
            if p == "i" and n == "divmod": continue
            def f(self, other, *rest, n=n, p=p):
                log.append((name, p + n))
                return NotImplemented if ret is None else (name, p + n, other if isinstance(other, int) else "obj")
            ns[f"__{p}{n}__"] = f
    ns["__repr__"] = lambda s: name
    return type(name, bases, ns)
A = mk("A"); B = mk("B"); SubA = mk("SubA", (A,)); Yes = mk("Yes", (), 1); OnlyR = mk("OnlyR", (), 1, ("r",)); SubR = mk("SubR", (A,), 1, ("r",)); Inh = type("Inh", (A,), {})
import operator as op
ops = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "//": lambda a, b: a // b, "%": lambda a, b: a % b,
       "**": lambda a, b: a ** b, "@": lambda a, b: a @ b, "<<": lambda a, b: a << b, ">>": lambda a, b: a >> b, "&": lambda a, b: a & b, "|": lambda a, b: a | b, "^": lambda a, b: a ^ b, "divmod": divmod}
for o, f in ops.items():
    show(f, A(), B())
    show(f, A(), A())
    show(f, A(), SubA())
    show(f, A(), 1)
    show(f, 1, A())
    show(f, "s", A())
    show(f, A(), "s")
    show(f, 1, OnlyR())
    show(f, OnlyR(), 1)
    show(f, [1], OnlyR())
    show(f, A(), SubR())
    show(f, A(), Inh())
    show(f, Inh(), A())
    show(f, Yes(), 1)
def iadd(a, b): a += b; return a
def isub(a, b): a -= b; return a
def imul(a, b): a *= b; return a
def ipow(a, b): a **= b; return a
def imat(a, b): a @= b; return a
def ior(a, b): a |= b; return a
def ishl(a, b): a <<= b; return a
for f in (iadd, isub, imul, ipow, imat, ior, ishl):
    show(f, A(), B()); show(f, Yes(), 1); show(f, OnlyR(), 1); show(f, 1, OnlyR()); show(f, 1, "a"); show(f, [1], 2); show(f, (1,), 2); show(f, "a", 2); show(f, None, 1)
class Cmp:
    def __init__(self, n, r): self.n, self.r = n, r
    def __lt__(self, o): log.append((self.n, "lt")); return self.r
    def __le__(self, o): log.append((self.n, "le")); return self.r
    def __gt__(self, o): log.append((self.n, "gt")); return self.r
    def __ge__(self, o): log.append((self.n, "ge")); return self.r
    def __eq__(self, o): log.append((self.n, "eq")); return self.r
    def __ne__(self, o): log.append((self.n, "ne")); return self.r
class CmpSub(Cmp): pass
class CmpOver(Cmp):
    def __gt__(self, o): log.append((self.n, "over gt")); return "over"
N = NotImplemented
for a, b in ((Cmp("a", 1), Cmp("b", 2)), (Cmp("a", N), Cmp("b", 2)), (Cmp("a", N), Cmp("b", N)), (Cmp("a", 1), CmpSub("s", 2)), (Cmp("a", N), CmpOver("o", N)), (Cmp("a", N), 5), (5, Cmp("b", "r")), ("x", Cmp("b", N))):
    for f in (op.lt, op.le, op.gt, op.ge):
        show(f, a, b)
    show(lambda: a == b); show(lambda: a != b); show(lambda: a < b); show(lambda: a >= b)
class OnlyEq:
    def __eq__(self, o): log.append("eq"); return o == 1
show(lambda: OnlyEq() != 1); show(lambda: OnlyEq() != 2); show(lambda: 1 != OnlyEq())
class OnlyNe:
    def __ne__(self, o): log.append("ne"); return "ne!"
show(lambda: OnlyNe() != 1); show(lambda: OnlyNe() == OnlyNe()); show(lambda: 1 != OnlyNe())
def v(x): log.append(x); return x
show(lambda: v(1) < v(2) < v(3)); show(lambda: v(3) < v(2) < v(1)); show(lambda: v(1) < v(2) > v(0) != v(5) in [v(5)] is not v(None)); show(lambda: v(1) == v(1) is v(1))
show(lambda: not v(0) and v(1) or v(2)); show(lambda: v(0) or v([]) or v("")); show(lambda: v(1) and v(2) and v(0) and v(3)); show(lambda: v(1) if v(0) else v(2))
class T:
    def __bool__(self): log.append("bool"); return False
show(lambda: not T()); show(lambda: T() and 1 or 2); show(lambda: 1 < T() if 0 else bool(T()))
class BadBool:
    def __bool__(self): raise ValueError("no bool")
show(lambda: not BadBool()); show(lambda: BadBool() and 1); show(lambda: 1 if BadBool() else 2); show(lambda: [x for x in [1] if BadBool()])
class NpLike:
    def __lt__(self, o): return BadBool()
show(lambda: 1 if NpLike() < 1 else 2); show(lambda: 0 < NpLike() < 2); show(lambda: type(NpLike() < 1).__name__)
class Idx:
    def __index__(self): return 2
show(lambda: [0, 1, 2, 3][Idx()]); show(lambda: "abcd"[Idx():]); show(lambda: range(10)[Idx()]); show(lambda: [0] * Idx()); show(lambda: 5 % Idx()); show(lambda: hex(Idx())); show(lambda: "%d" % Idx()); show(lambda: list(range(Idx()))); show(lambda: 1 << Idx()); show(lambda: b"abc"[Idx()]); show(lambda: round(2.567, Idx()))
for e in ("1 + 'a'", "'a' + 1", "[] + ()", "() + []", "b'a' + 'a'", "'a' * 'b'", "[1] * 1.5", "1.5 * [1]", "{} + {}", "{} | []", "{1} | [2]", "{1} - {1: 2}", "None + 1", "1 - None", "len + 1", "1 < 'a'", "[] < ()", "{} < {}", "None < None", "1j < 2", "int < str", "-'a'", "+[]", "~1.5", "~'a'", "-None", "abs([])", "1 @ 2", "2 ** 'a'", "pow(1, 2, 'a')", "1 << 1.5", "1 << -1", "1 >> -1", "1 // 0", "1 % 0", "1.5 // 0", "1.5 % 0", "0 ** -1", "0.0 ** -1", "(-8) ** (1/3)", "divmod(1, 0)", "1 / 0", "1.0 / 0", "1j / 0", "'%s %s' % (1,)", "2 ** -1", "1 if [] == () else 2", "True + True", "~True", "-True", "True << 3", "1 == 1.0 == True", "0.1 + 0.2", "10 ** 20 // 3", "-7 // 2", "-7 % 3", "7 % -3", "-7.5 // 2", "-7.5 % 2", "5 & 3 | 4 ^ 1", "2 ** 3 ** 2", "-2 ** 2", "not 1 == 2", "1 in [1] == True"):
    show(eval, e)
