# Arithmetic of floats, mixed with ints.
for a in (7.5, -7.5, 0.5):
    for b in (2, -2, 0.25, -0.7):
        print(a, b, a + b, a - b, a * b, a / b, a // b, a % b)
print(1.0 // 0.1, 1 % 0.1, -1 % 0.3, 5.0 % -3, -5.0 % 3, 0.0 % -1, -0.0 % 1)
print(2 ** 0.5, 2.0 ** 10, 4 ** -0.5, (-8) ** (1 / 3) != 0, 0.0 ** 0, 1 ** float("nan"))
print(1 == 1.0, 2 ** 53 == float(2 ** 53), 2 ** 53 + 1 == float(2 ** 53), 1 < 1.5 < 2)
print(divmod(7.5, 2), divmod(-7.5, 2), abs(-2.5), -(-0.0), round(2.5), round(3.5), round(-2.5))
for f in (lambda: 1.0 / 0, lambda: 1.0 % 0, lambda: 1.0 // 0, lambda: 10.0 ** 400):
    try:
        print(f())
    except (ZeroDivisionError, OverflowError) as e:
        print(type(e).__name__, e)
