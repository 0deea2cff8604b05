# Calls whose receiver changes among many classes.
def make(k):
    class C:
        def val(self, x):
            return x + k
        @property
        def p(self):
            return k
    return C
classes = [make(k) for k in range(12)]
objs = [c() for c in classes]
def mega(n):
    t = 0
    for i in range(n):
        o = objs[i * i % 12 if i > 1000 else 0 if i < 500 else i % 2]
        t = (t * 7 + o.val(i) + o.p) % 1000003
    return t
print(mega(3000))
def items(seq):
    t = 0
    for x in seq:
        t += len(x)
        for y in x:
            t += 1 if y else 0
    return t
print(items([[1, 0]] * 400 + ["ab"] * 400 + [(0, 1)] * 400 + [{1: 2}] * 200 + [range(3)] * 200 + [b"a\0"] * 100))
def call(f, n):
    t = 0
    for i in range(n):
        t += f(i)
    return t
class Callable:
    def __call__(self, x): return x * 2
    def m(self, x): return x * 3
    @staticmethod
    def s(x): return x * 4
print([call(f, 700) for f in (abs, lambda x: x + 1, Callable(), Callable().m, Callable.s, int, float, str.__len__ if False else bool)])
