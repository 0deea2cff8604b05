# Bit operations on ints of all sizes.
vals = [0, 1, -1, 5, -6, 255, 2 ** 31, -2 ** 31, 2 ** 50 + 3, 2 ** 63, -2 ** 63 - 1, 10 ** 25]
for a in vals:
    print(a, ~a, a << 3, a >> 3, a & 255, a | 255, a ^ 255, a.bit_length(), bin(a), a.bit_count())
for a in vals[4:8]:
    for b in vals[6:]:
        print(a & b, a | b, a ^ b)
for f in (lambda: 1 << -1, lambda: 1 >> -1):
    try:
        f()
    except ValueError as e:
        print(e)
print(1 << 0, 0 << 1000, 5 >> 1000, -5 >> 1000, 3 << 61, 3 << 62, 3 << 63)
