# Reference cycles and gc calls.
import gc
class N:
    def __init__(self, n): self.n, self.o = n, None
for i in range(200):
    a, b = N(i), N(-i)
    a.o, b.o = b, a
del a, b
print(isinstance(gc.collect(), int), gc.isenabled())
gc.disable()
print(gc.isenabled())
gc.enable()
l = []
l.append(l)
d = {"self": None}
d["self"] = d
print(l, d, len(repr(l)), gc.collect() >= 0)
def f():
    def g(): return g
    return g
print(f()() is not None)
t = ([],)
t[0].append(t)
print(t)
s = [1, [2]]
u = s[:]
u[1].append(3)
print(s, u)
