# Slices and list building in hot loops.
a = list(range(50))
for i in range(2000):
    k = i % 50
    a = a[k:] + a[:k]
    a[1:3] = a[1:3][::-1]
    if i % 100 == 0:
        a[5:5] = [i]
        del a[10:11]
    if i == 1500:
        a = tuple(a)
        a = [*a]
print(a)
t = 0
s = "abcdefghij"
for i in range(1500):
    t += len(s[i % 10:]) + len(s[:-(i % 5)]) + len(s[::2]) + ord(s[-(i % 10) - 1])
    t += sum([1, 2, 3, 4][i % 4:]) + len(bytes(5)[i % 6:])
print(t)
rows = [[(i * j) % 5 for j in range(20)] for i in range(20)]
for _ in range(60):
    rows = [list(r) for r in zip(*rows[::-1])]
    rows[0][0] += 1
print(sum(map(sum, rows)), rows[0][:5])
