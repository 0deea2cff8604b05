# Cyclic structures made and dropped in a hot loop.
import gc
class N:
    count = 0
    def __init__(self):
        self.me = self
        self.l = [self]
        N.count += 1
for i in range(3000):
    n = N()
    a, b = [], {}
    a.append(b)
    b["a"] = a
    if i % 1000 == 0:
        gc.collect()
print(N.count, gc.isenabled(), isinstance(gc.collect(), int))
keep = []
for i in range(2000):
    keep.append([i] * 3)
    if len(keep) > 100:
        del keep[:50]
print(len(keep), keep[-1])
