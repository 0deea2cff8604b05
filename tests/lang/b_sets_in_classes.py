# Instances in sets and dicts, weak equality, sorting by key.
class P:
    def __init__(self, n, s): self.n, self.s = n, s
    def __lt__(self, o): return (self.n, self.s) < (o.n, o.s)
    def __repr__(self): return f"{self.s}{self.n}"
ps = [P(3, "a"), P(1, "z"), P(3, "A"), P(2, "m")]
print(sorted(ps), min(ps), max(ps, key=lambda p: p.s), sorted(ps, key=lambda p: p.s.lower()))
d = {}
for p in ps:
    d.setdefault(p.n, []).append(p)
print(d, {p: p.n for p in ps}[ps[0]], len(set(ps)), ps[0] in ps, P(3, "a") in ps)
