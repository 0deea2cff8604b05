# Integers beyond one machine word.
x = 1
for i in range(1, 41):
    x *= i
    if i % 5 == 0:
        print(i, x)
for p in (30, 31, 32, 49, 50, 51, 52, 53, 62, 63, 64, 65, 100, 127, 128):
    v = 1 << p
    print(p, v - 1, v, v + 1, -v - 1, (v - 1) + 1 == v, v.bit_length())
a = 123456789012345678901234567890
b = 987654321098765432109
print(a + b, a - b, b - a, a * b)
print(a // b, a % b, -a // b, -a % b, a // -b, a % -b, -a // -b, -a % -b)
print(a & b, a | b, a ^ b, ~a, -a & b, -a | b, -a ^ b)
print(a << 70, a >> 70, -a >> 70, -1 >> 200, 1 >> 200)
print(a == a + 0, a < b, a > b, a == b, a != b, hash(a) == hash(a + 0))
print(a ** 3, 2 ** 200, (-3) ** 101, 7 ** 77 % 1000)
print(a / b, b / a, 10 ** 30 / 10 ** 29, float(10 ** 22), int(1e22), int(1e30))
print(10 ** 40 - 10 ** 40, 10 ** 40 // 10 ** 39, -(10 ** 18) * 10 ** 18)
print(hex(a), oct(b), bin(1 << 70), str(a)[::-1])
print(int("9" * 50) + 1, divmod(10 ** 50, 7 ** 20))
