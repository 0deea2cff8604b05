# Arithmetic of small ints: signs, floor division, modulo, precedence.
for a in (7, -7, 0, 1, 100):
    for b in (2, -2, 3, -3, 1):
        print(a, b, a + b, a - b, a * b, a // b, a % b, a / b)
print(2 + 3 * 4, (2 + 3) * 4, -2 ** 2, (-2) ** 2, 2 ** -1, 2 ** 3 ** 2)
print(10 - 3 - 2, 100 // 7 // 2, 100 % 7 % 4, -7 // 2 * 2 + -7 % 2)
x = 5
x += 3
x *= 2
x -= 1
x //= 4
x **= 3
x %= 11
print(x)
x <<= 5
x >>= 2
x |= 3
x &= 29
x ^= 8
print(x, +x, -x, ~x, abs(-x))
