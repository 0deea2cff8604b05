# List, set and dict comprehensions.
print([x * x for x in range(6)], [x for x in range(20) if x % 3 == 0 if x % 2])
print([(a, b) for a in range(3) for b in "xy"], [[c for c in range(r)] for r in range(4)])
print({k: v for k, v in zip("abc", range(3))}, sorted({x % 4 for x in range(10)}))
m = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in m] for i in range(3)], [x for row in m for x in row])
x = "outer"
y = [x for x in range(3)]
print(x, y)
print(sum(i for i in range(10) if i & 1), list(i for i in "ab"), max(len(w) for w in ["a", "bbb"]))
print([i if i % 2 else -i for i in range(5)], [lambda: 0 for _ in range(2)].__len__())
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [f() for f in [lambda i=i: i for i in range(3)]])
print({v: k for k, v in {"a": 1, "b": 2}.items()}, [w.upper() for w in "a b c".split()])
