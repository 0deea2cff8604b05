# super() and keyword-only parameters in hot code
class A:
    def who(self, x=1):
        return ("A", type(self).__name__, x)

    @classmethod
    def make(cls, n):
        return (cls.__name__, n)

    @staticmethod
    def plain(n):
        return n

    value = 5

    @property
    def prop(self):
        return 10


class B(A):
    def who(self, x=2):
        return ("B",) + super().who(x)

    @classmethod
    def make(cls, n):
        return ("B", super().make(n))

    def other(self):
        return super().value, super().prop, super().plain(3), super().make(4)

    def __class_getitem__(cls, k):
        return super().__name__ if False else k


class C(A):
    def who(self, x=3):
        return ("C",) + super().who(x)


class D(B, C):
    def who(self, x=4):
        f = super().who
        return ("D",) + f(x) + super(B, self).who()

    def inner(self):
        return [super(D, self).who(i)[-1] for i in range(2)]

    def missing(self):
        try:
            return super().nothing()
        except AttributeError as e:
            return str(e)


def run(n):
    seen = {}
    for i in range(n):
        for o in (A(), B(), C(), D()):
            r = o.who(i % 3)
            seen[r] = seen.get(r, 0) + 1
        d = D()
        for r in (d.other(), d.inner(), d.missing(), D.make(1), B[i % 2]):
            r = repr(r)
            seen[r] = seen.get(r, 0) + 1
        if i == 70:
            C.who = lambda self, x=9: ("changed", x)
        if i == 90:
            B.__bases__ = (C,)
        if i == 110:
            D.__bases__ = (B,)
    return seen


for k, v in run(130).items():
    print(k, v)


def wrong(self):
    return super().who()


B.wrong = wrong
try:
    B().wrong()
except RuntimeError as e:
    print(e)


def kw(a, b=2, *, c=3, d):
    return a, b, c, d


def rest(a, *args, k=1, **more):
    return a, args, k, sorted(more.items())


class Made:
    def __init__(self, a, *, size=7):
        self.s = a, size


def keywords(n):
    out = {}
    for i in range(n):
        for r in (kw(1, d=i % 2), kw(1, 5, c=0, d=1), kw(b=3, a=2, d=4),
                  rest(1), rest(1, 2, 3, k=i % 3), rest(0, k=5, z=i % 2),
                  Made(i % 2).s, Made(1, size=i % 2).s):
            out[repr(r)] = out.get(repr(r), 0) + 1
        for bad in (lambda: kw(1), lambda: kw(d=1), lambda: kw(1, 2, 3, d=1),
                    lambda: kw(1, d=1, e=2), lambda: Made(1, 2), lambda: rest()):
            try:
                bad()
            except TypeError as e:
                out[str(e)] = out.get(str(e), 0) + 1
        if i == 60:
            kw.__kwdefaults__["c"] = "new"
        if i == 80:
            kw.__kwdefaults__ = {"c": 8, "d": 9}
        if i == 100:
            kw.__kwdefaults__ = None
            kw.__defaults__ = (20,)
            rest.__kwdefaults__ = {"k": 2}
            Made.__init__.__kwdefaults__ = {"size": "s"}
    return out


for k, v in keywords(60).items():
    print(k, v)
def more(n):
    out = {}
    for i in range(n):
        try:
            r = repr((kw(1, d=2), rest(1), Made(3).s, kw(1)))
        except TypeError as e:
            r = str(e)
        out[r] = out.get(r, 0) + 1
        if i == 60:
            kw.__kwdefaults__["c"] = "new"
        if i == 80:
            kw.__kwdefaults__ = {"c": 8, "d": 9}
        if i == 100:
            kw.__kwdefaults__ = None
            rest.__kwdefaults__ = {"k": 2}
            Made.__init__.__kwdefaults__ = {"size": "s"}
    return out
for k, v in more(140).items():
    print(k, v)
