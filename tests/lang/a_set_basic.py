# Sets, printed through sorted.
s = {3, 1, 2, 3}
print(sorted(s), len(s), 1 in s, 9 in s)
s.add(5)
s.discard(1)
s.discard(100)
s.remove(2)
print(sorted(s))
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= b, {3} < a, a >= {1, 2}, a.isdisjoint({9}))
print(sorted(a.union([7], (8,))), sorted(a.intersection(range(3))), sorted(a.difference([1])), sorted(a.symmetric_difference([1, 9])))
a |= {10}
a &= set(range(3, 20))
a -= {3}
print(sorted(a), set(), {1}, frozenset(), frozenset([1]))
a.update([1], "x")
a.clear()
print(a, bool(a))
f = frozenset([1, 2])
print(f == {2, 1}, hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset((2, 1))])
print({x % 3 for x in range(9)} == {0, 1, 2}, len({1, 1.0, True}), sum({1, 2, 3}))
for g in (lambda: {1}.remove(2), lambda: set().pop(), lambda: {[]}, lambda: {1} + {2}):
    try:
        g()
    except Exception as e:
        print(type(e).__name__, e)
