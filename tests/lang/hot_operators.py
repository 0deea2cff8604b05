# Operator methods of classes in hot loops, some returning NotImplemented.
class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o):
        if isinstance(o, V): return V(self.x + o.x, self.y + o.y)
        if isinstance(o, int): return V(self.x + o, self.y)
        return NotImplemented
    def __radd__(self, o): return V(self.x - o, self.y + 1)
    def __mul__(self, k): return V(self.x * k % 1009, self.y * k % 1013)
    def __eq__(self, o): return isinstance(o, V) and self.x == o.x
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return self.x % 3
    def __contains__(self, v): return v == self.x
    def __call__(self, a): return a + self.y
v = V(1, 2)
errs = t = 0
for i in range(2500):
    try:
        v = v + (V(i, 1) if i % 3 else i if i % 2 else 0.5)
    except TypeError:
        errs += 1
    v = i + v if i % 5 == 0 else v * 3
    t += v[0] + v[-1] + len(v) + (i in v) + v(i) + (v == V(5, 5)) + (1 if v else 0)
    if i == 1500:
        V.__len__ = lambda self: 7
    if i == 2000:
        V.__add__ = lambda self, o: V(1, 1)
print(v.x, v.y, errs, t)
