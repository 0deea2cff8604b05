# Operator methods, reflected and in place.
class V:
    def __init__(self, *a):
        self.a = a
    def __repr__(self):
        return "V" + repr(self.a)
    def __add__(self, o):
        return V(*(x + y for x, y in zip(self.a, o.a))) if isinstance(o, V) else NotImplemented
    def __radd__(self, o):
        return ("radd", o)
    def __mul__(self, k):
        return V(*(x * k for x in self.a))
    __rmul__ = __mul__
    def __neg__(self):
        return self * -1
    def __pos__(self):
        return self
    def __invert__(self):
        return "inv"
    def __abs__(self):
        return sum(x * x for x in self.a) ** 0.5
    def __eq__(self, o):
        return isinstance(o, V) and self.a == o.a
    def __hash__(self):
        return hash(self.a)
    def __lt__(self, o):
        return self.a < o.a
    def __getitem__(self, i):
        return self.a[i]
    def __len__(self):
        return len(self.a)
    def __contains__(self, x):
        return x in self.a
    def __call__(self, *a):
        return ("call", a)
    def __iadd__(self, o):
        self.a += (o,)
        return self
    def __sub__(self, o):
        return "sub"
    def __rsub__(self, o):
        return "rsub"
    def __matmul__(self, o):
        return "matmul"
    def __floordiv__(self, o):
        return "fd"
    def __mod__(self, o):
        return "mod"
    def __divmod__(self, o):
        return "dm"
    def __pow__(self, o, m=None):
        return ("pow", o, m)
    def __lshift__(self, o):
        return "lsh"
    def __and__(self, o):
        return "and"
    def __ror__(self, o):
        return "ror"
    def __bool__(self):
        return len(self.a) > 1
    def __index__(self):
        return 2
    def __int__(self):
        return 7
    def __float__(self):
        return 7.5
    def __round__(self, n=None):
        return ("round", n)
a, b = V(1, 2), V(3, 4)
print(a + b, 1 + a, a * 2, 2 * a, -a, +a, ~a, abs(b), a == V(1, 2), a != b, a < b, b > a, sorted([b, a]))
print(a[0], a[-1], len(a), 2 in a, 9 in a, a(1, 2), a - 1, 1 - a, a @ b, a // 1, a % 1, divmod(a, 1), a ** 2, pow(a, 2, 3), a << 1, a & 1, 1 | a)
c = a
c += 5
print(c, c is a, bool(V(1)), bool(a), [10, 20, 30][a], int(a), float(a), round(a), round(a, 2), {b: 1}[V(3, 4)], list(a), hex(a))
for f in (lambda: a + 1, lambda: a / 2, lambda: a <= b, lambda: 1 / a, lambda: a >> 1):
    try:
        print(f())
    except TypeError as e:
        print(e)
