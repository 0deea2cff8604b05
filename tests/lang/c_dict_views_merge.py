# Views, merging, ordering and equality of dicts.
d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
d["z"] = 26
print(k, v, i, len(k), "z" in k, 26 in v, ("a", 1) in i, ("a", 2) in i)
print(sorted(k - {"a"}), sorted(k ^ {"a", "q"}), sorted(i & {("a", 1)}), k.isdisjoint({"q"}), d.keys() == {"a": 0, "b": 0, "c": 0, "z": 0}.keys())
e = d | {"a": 9, "y": 8}
e |= [("t", 1)]
print(e, d == {"z": 26, "c": 3, "b": 2, "a": 1}, list(reversed(d.items())), {**e, "a": 0}["a"])
try:
    for x in d: d[x + x] = 1
except RuntimeError as r:
    print(r)
it = iter(d)
next(it)
d.clear()
try:
    print(next(it))
except RuntimeError as r:
    print(r)
class C(dict):
    def __getitem__(self, k): return ("got", k)
c = C(x=1)
print(c["q"], c.get("x"), dict(c), {**c})
n = {1: {2: {3: "deep"}}}
print(n[1][2][3], n.get(1, {}).get(9, {}).get(3))
big = {i: str(i) for i in range(1000)}
for j in range(0, 1000, 3): del big[j]
print(len(big), list(big)[:5], sum(big), min(big.values()), next(iter(big)), next(reversed(big)))
