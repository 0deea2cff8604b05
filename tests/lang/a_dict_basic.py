# Dicts: building, reading, changing, order.
d = {"a": 1, "b": 2}
d["c"] = 3
d["a"] = 10
print(d, len(d), d["b"], d.get("z"), d.get("z", 0), "a" in d, "z" not in d)
print(list(d), list(d.keys()), list(d.values()), list(d.items()))
del d["b"]
d["b"] = 5
print(d, d.pop("a"), d.pop("zz", None), d)
print(d.setdefault("c", 9), d.setdefault("n", []), d)
d.update({"x": 1}, y=2)
d.update([("z", 26)])
print(d, d.popitem(), d)
print({1: "i", 1.0: "f", True: "b"}, {(1, 2): 3, None: 4})
print(dict(a=1), dict([(1, 2)]), dict({3: 4}, k=5), dict.fromkeys("ab", 0), dict(zip("xy", (1, 2))))
print({"a": 1} | {"b": 2, "a": 3}, {**d, "new": 1})
e = d.copy()
e.clear()
print(e, bool(e), len(d), d == dict(d), list(reversed(d)))
for f in (lambda: {}["k"], lambda: {}.pop(1), lambda: {}.popitem(), lambda: {[]: 1}, lambda: {(1, 2): 0}[1, 3]):
    try:
        f()
    except Exception as ex:
        print(type(ex).__name__, ex)
k = {"x": 1, "y": 2}.keys()
print(sorted(k & {"x"}), sorted(k | {"z"}), k == {"x", "y"}, "x" in k)
