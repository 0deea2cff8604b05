# Type tests, is, and truth values of changing things.
def kind(v):
    if v is None: return 0
    if isinstance(v, bool): return 1
    if isinstance(v, (int, float)): return 2
    if type(v) is str: return 3
    if not v: return 4
    return 5
vals = [None, True, 3, 2.5, "s", "", [], [0], (), {}, {1}, 2 ** 80, 0, 0.0]
c = [0] * 6
for i in range(3000):
    c[kind(vals[i % 14 if i > 1000 else i % 3])] += 1
print(c)
class T:
    def __init__(self, b): self.b = b
    def __bool__(self): return self.b
class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
t = 0
for i in range(2000):
    o = T(i % 2 == 0) if i < 700 else L(i % 3) if i < 1400 else i % 5
    if o: t += 1
    t += 2 if not o else 3
    t += bool(o and 1) + (o or 7 and 0 if not o else 1)  if not isinstance(o, (T, L)) else 0
print(t)
