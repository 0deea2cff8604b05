# Containers changed while a hot loop iterates over them.
a = list(range(10))
n = 0
for x in a:
    n += 1
    if n < 2000:
        a.append(x + 1)
print(n, len(a), a[-1])
b = list(range(2000))
seen = 0
for x in b:
    seen += x
    if x % 3 == 0 and b:
        b.pop()
print(seen, len(b))
d = {i: i for i in range(1500)}
t = 0
try:
    for k in d:
        t += k
        if k == 1000:
            d["new"] = 1
except RuntimeError as e:
    print(e, t)
try:
    for k in d:
        del d[k]
except RuntimeError as e:
    print(e, len(d))
s = set(range(1500))
try:
    for v in s:
        s.add(v + 100000)
except RuntimeError as e:
    print(e)
for k in list(d):
    if isinstance(k, int) and k % 2:
        del d[k]
print(len(d))
c = [1] * 1000
for i in range(1500):
    try:
        c[i] += i
        if i == 900:
            del c[950:]
    except IndexError as e:
        print(i, e)
        break
print(sum(c))
m = [0] * 100
for i in range(2000):
    m[i % 100] += i
    if i == 1000: m[50] = 0.5
    if i == 1500: m[:] = [2 ** 70] * 100
    if i == 1800: m = tuple(m); m = list(m)
print(m[0], m[50], m[99])
q = [1, 2, 3]
for i in range(1500):
    q.append(q.pop(0) + i)
    q.insert(1, q.pop())
    q.reverse()
print(q)
