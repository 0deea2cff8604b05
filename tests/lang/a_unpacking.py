# Unpacking assignments and displays.
a, b = 1, 2
a, b = b, a
print(a, b)
first, *rest = [1, 2, 3]
*init, last = "xyz"
h, *m, t = range(6)
print(first, rest, init, last, h, m, t)
x, *e = [1]
print(x, e)
(a, b), [c, *d] = (1, 2), [3, 4, 5]
print(a, b, c, d)
print([*range(3), *"ab"], (*[1], 2), {**{"a": 1}, "b": 2}, {*[1, 1]})
l = [0, 0, 0]
i = 0
i, l[i] = 1, 9
print(i, l)
p = q = r = 5
print(p, q, r)
for f in ("a, b = 1, 2, 3", "a, b = [1]", "a, *b, c = [1]", "a, b = 5", "a, b = {}"):
    try:
        exec(f)
    except Exception as ex:
        print(type(ex).__name__, ex)
