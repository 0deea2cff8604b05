# Ranges.
print(range(5), range(1, 5), range(1, 10, 3))
for r in (range(5), range(2, 7), range(10, 0, -3), range(0), range(5, 1), range(-3, 3, 2), range(0, 10 ** 20, 10 ** 19)):
    print(r, list(r), r[0] if r else None, r[-1] if r else None, bool(r), r.start, r.stop, r.step)
r = range(0, 100, 7)
print(len(r), 21 in r, 22 in r, r.index(21), r.count(21), r[2:5], r[::-1], r[-3:])
print(range(3) == range(0, 3, 1), range(0) == range(5, 1), hash(range(3)) == hash(range(0, 3)))
print(sum(range(101)), max(r), min(r), list(reversed(r))[:3], sorted(range(5), reverse=True))
for f in (lambda: range(1, 2, 0), lambda: range(3)[5], lambda: range("a"), lambda: range(1.5)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
