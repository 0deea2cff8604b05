# Sums and products around 2**31, 2**49, 2**50, 2**62 and 2**63.
for p in (31, 49, 50, 62, 63):
    for d in (-2, -1, 0, 1, 2):
        v = 2 ** p + d
        w = -(2 ** p) + d
        print(p, d, v, w, v + w, v - w, v * 2, w * 2, v // 3, w // 3, v % 7, w % 7)
m = 2 ** 63 - 1
print(m, m + 1, -m - 1, -m - 2, -(-m - 1), abs(-m - 1), (-m - 1) // -1)
print(m * m, m * -m, (m + 1) * (m + 1), m - -m, (-m - 1) % -1)
s = 0
for i in range(70):
    s += 2 ** i
print(s, s == 2 ** 70 - 1)
