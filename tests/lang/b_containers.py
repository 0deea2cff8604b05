# Classes that act as containers.
class M:
    def __init__(self): self.d = {}
    def __getitem__(self, k): print("get", k); return self.d[k]
    def __setitem__(self, k, v): print("set", k, v); self.d[k] = v
    def __delitem__(self, k): print("del", k); del self.d[k]
    def __contains__(self, k): print("in", k); return k in self.d
    def __len__(self): return len(self.d)
    def __iter__(self): return iter(self.d)
m = M()
m["a"] = 1
m["a"] += 5
m[1:2] if False else None
m[1, 2] = "t"
print(m["a"], "a" in m, "b" not in m, len(m), list(m))
del m["a"]
try:
    m["zz"]
except KeyError as e:
    print("KeyError", e)
class S:
    def __getitem__(self, s): return s
s = S()
print(s[1], s[1:2], s[::3], s[1, 2], s[1:2, ::3], s[...], s[()], s["k"])
for f in (lambda: len("abcde")[0], lambda: vars(S()).get(1)[1], lambda: len(S()), lambda: S().__len__):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
class BadLen:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v
for v in (-1, "a", 2):
    try:
        print(len(BadLen(v)))
    except Exception as e:
        print(type(e).__name__, e)
