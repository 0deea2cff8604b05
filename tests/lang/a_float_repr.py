# repr and str of floats.
for x in (0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 123456789.123,
          1e-4, 1e-5, 1.5e-7, 1e100, 1e308, 5e-324, 2.5, 1e22, 1e23, 0.1 + 0.2,
          1e15 + 0.3, 9007199254740993.0, 3.141592653589793):
    print(x, repr(x), [x])
inf = float("inf")
nan = float("nan")
print(inf, -inf, nan, inf - inf, inf * 0, inf == inf, nan == nan, nan != nan, nan < 1)
print(1e308 * 10, -1e308 * 10, 1 / inf, -1 / inf)
print(float("1e3"), float(" -2.5 "), float("inf"), float("-Infinity"), float("1_0.5"))
print((0.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (0.1).hex())
