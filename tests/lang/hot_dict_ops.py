# Dicts in hot loops: keys of many types, growth, deletion.
d = {}
for i in range(3000):
    d[i * 7919 % 1009] = i
    if i % 5 == 0:
        d.pop(i % 1009, None)
print(len(d), sum(d.values()), sum(d), list(d)[:5])
e = {}
for i in range(2000):
    k = i % 20 if i < 500 else float(i % 20) if i < 1000 else str(i % 20) if i < 1500 else (i % 20, "t")
    e[k] = e.get(k, 0) + 1
print(e)
m = 0
for i in range(1500):
    try:
        m += e[i % 30]
    except KeyError as x:
        m += x.args[0]
print(m)
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v % 5
    def __eq__(self, o): return self.v == o.v
h = {}
for i in range(1000):
    h[K(i % 40)] = i
print(len(h), sum(h.values()))
o = {}
for i in range(1000):
    o[i % 10] = o.pop(i % 10, 0) + i
print(list(o.items()))
for i in range(1000):
    o = {**o, "n": i} if i % 2 else dict(o, m=i)
print(o)
