# Lists: building, indexing, methods.
a = [3, 1, 2]
a.append(5)
a.extend([7, 8])
a.insert(0, 9)
a.insert(-1, 6)
a.insert(100, 10)
print(a, len(a), a[0], a[-1], a.index(5), a.count(1))
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove(1)
a.reverse()
print(a, sorted(a), a)
a.sort()
print(a, a + [1], a * 2, [0] * 3, 3 in a, 99 in a)
a += (1, 2)
a *= 2
print(a)
b = a.copy()
b.clear()
print(b, len(a), a == a[:], a is a[:])
n = [[0] * 3 for _ in range(2)]
n[0][1] = 5
m = [[0] * 2] * 2
m[0][0] = 1
print(n, m)
r = [1]
r.append(r)
print(r, repr(r))
for f in (lambda: [][0], lambda: [1].remove(2), lambda: [].pop(), lambda: [1].index(3), lambda: [1][str()], lambda: [1] + (2,), lambda: [1].pop(5)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
