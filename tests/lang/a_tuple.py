# Tuples.
t = (1, "a", 2.5)
print(t, t[0], t[-1], t[1:], len(t), t + (4,), t * 2, (1,), (), tuple([1, 2]), tuple("ab"))
print(t.index("a"), t.count(1), "a" in t, 5 in t, (1, 2) < (1, 3), (1, 2) == (1, 2.0), hash((1, 2)) == hash((1, 2)))
a, b, c = t
print(a, b, c)
a, b = b, a
print(a, b)
x = 1, 2, 3
print(x, type(x).__name__)
try:
    t[0] = 5
except TypeError as e:
    print(e)
try:
    t[3]
except IndexError as e:
    print(e)
nested = ((1, 2), (3, (4, 5)))
(p, q), (r, (s, u)) = nested
print(p, q, r, s, u)
t2 = ([1], 2)
t2[0].append(3)
print(t2)
try:
    t2[0] += [4]
except TypeError as e:
    print(e, t2)
print(sorted([(2, "b"), (1, "z"), (2, "a")]), max((1, 5), (2, 0)))
