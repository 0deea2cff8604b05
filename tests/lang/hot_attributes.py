# Attributes added, deleted and changing type in hot loops.
class P:
    def __init__(self, i):
        self.a = i
        if i % 2:
            self.b = 1
        self.c = 3
def run(n):
    t = 0
    for i in range(n):
        p = P(i)
        if i % 3 == 0:
            p.d = 10
            t += p.d
        if i > 1000:
            del p.a
            p.a = 0.5
        t += p.a + p.c + getattr(p, "b", 100)
    return t
print(run(2000))
def grow(n):
    p = P(0)
    for i in range(n):
        setattr(p, "x%d" % (i % 300), i)
        p.a += 1
        if i % 7 == 0:
            p.__dict__.pop("x%d" % (i % 300), None)
    return p.a, len(p.__dict__), sum(v for k, v in p.__dict__.items() if k[0] == "x")
print(grow(2500))
class S:
    __slots__ = ("v", "w")
def slots(n):
    s = S()
    s.v = 0
    miss = 0
    for i in range(n):
        s.v += i
        if i % 100 == 0:
            s.w = i
        elif i % 100 == 50:
            del s.w
        try:
            s.v += s.w
        except AttributeError:
            miss += 1
    return s.v, miss
print(slots(2000))
class G:
    n = 0
    def __getattr__(self, k):
        self.n += 1
        return len(k)
def ga(n):
    g = G()
    t = 0
    for i in range(n):
        t += g.foo + g.barbaz
        if i == 700:
            g.foo = 100
        if i == 900:
            G.barbaz = property(lambda self: 1000)
    return t, g.n
print(ga(1200))
