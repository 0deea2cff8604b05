# Conditional expressions, pass, assert, nested structures, long lines.
def nothing():
    pass
print(nothing())
assert True, "no"
try:
    assert 1 == 2, "message"
except AssertionError as e:
    print("assert", e)
try:
    assert 0
except AssertionError as e:
    print("assert", repr(e))
x = (1 +
     2 +
     3)
y = 1 + \
    2
print(x, y); print("two")
if x: print("one line")
class Empty: pass
print(Empty.__name__, ...)
print(1 if x else 2, [1, 2][0], {"a": {"b": [1, {"c": 2}]}}["a"]["b"][1]["c"])
print(type(...).__name__, type(None).__name__, type(NotImplemented).__name__)
print((lambda *a, **k: (a, k))(1, 2, z=3))
exec("print('in exec', 1 + 1)")
print(eval("2 + 3 * 4"), eval("x", {"x": 5}))
ns = {}
exec("def g(a):\n    return a * 2\nv = g(21)", ns)
print(ns["v"])
