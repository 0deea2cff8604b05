# Rich comparison and hashing.
class K:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v if isinstance(o, K) else NotImplemented
    def __hash__(self): return hash(self.v)
    def __repr__(self): return f"K{self.v}"
class E:
    def __eq__(self, o): return True
print(K(1) == K(1), K(1) != K(2), K(1) == 1, {K(1): "a"}[K(1)], K(2) in [K(1), K(2)], len({K(1), K(1), K(2)}), E() == 5, 5 == E(), 5 != E())
try:
    hash(E())
except TypeError as e:
    print(e)
print([K(1), K(2)].index(K(2)), [K(1)].count(K(1)), (K(1),) == (K(1),))
class Same:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o): return self.n == o.n
d = {Same(i): i for i in range(20)}
print(len(d), d[Same(7)], Same(25) in d, sum(d.values()))
class Weird:
    def __lt__(self, o): return "lt"
    def __le__(self, o): return []
print(Weird() < 1, Weird() <= 1, 1 > Weird(), 1 < Weird() if False else "")
nan = float("nan")
print(nan in [nan], [nan] == [nan], nan == nan, {nan: 1}.get(nan), (nan,) == (float("nan"),))
