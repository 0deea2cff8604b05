# Sorts with Python keys and comparisons inside hot loops.
class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
t = 0
seed = 1
for i in range(150):
    l = []
    for j in range(20):
        seed = (seed * 3877 + 29573) % 139968
        l.append(seed % 100 if i < 100 else seed % 100 / 4)
    l.sort(key=lambda x: -x)
    t = t * 3 % 100003 + int(l[3] * 4)
    t += sorted(map(C, l))[5].v
    t += max(l, key=lambda x: x % 7) - min(l)
print(t)
n = 0
for i in range(300):
    try:
        sorted([3, 1, 2], key=lambda x: 1 // (x - i % 4))
    except ZeroDivisionError:
        n += 1
print(n)
