def f(a, b):
    c = a + b * 2 - (a // b)
    c **= 2
    return -c, ~a, not b, a @ b, 2 ** 10, -5, 1 + 2j, "a" "b" * 3
