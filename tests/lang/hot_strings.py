# String work in hot loops.
s = ""
for i in range(2000):
    s += chr(97 + i % 26)
    if i == 1500:
        s += "é"
    if i == 1800:
        s += "😀"
print(len(s), s[:30], s[1495:1505], s.count("a"), s.find("é"), s[-3:])
t = 0
for i, c in enumerate(s):
    if c in "aeiou":
        t += i
    elif c > "x":
        t -= 1
print(t)
words = {}
for i in range(2500):
    w = "w%d" % (i * i % 37) if i % 2 else f"v{i % 11:02d}"
    words[w] = words.get(w, 0) + 1
print(sorted(words.items())[:10], len(words))
parts = []
for i in range(1000):
    parts.append(str(i) if i % 3 else repr(float(i)))
j = ",".join(parts)
print(len(j), j[:40], len(j.split(",")), sum(float(x) for x in j.split(",")))
u = "abc"
for i in range(1500):
    u = u[1:] + u[0] if i % 2 else u[::-1]
    u = u.upper() if i % 10 == 0 else u.lower() if i % 10 == 5 else u
print(u)
r = 0
for i in range(1000):
    a, b = str(i), str(1000 - i)
    r += (a < b) + (a == b) * 10 + (len(a) > len(b)) * 100 + int(a[::-1]) % 7
print(r)
