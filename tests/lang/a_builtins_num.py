# Numeric builtins: abs, divmod, pow, round, sum, min, max.
print(abs(-3), abs(2.5), abs(3 + 4j), abs(-10 ** 20))
print(divmod(17, 5), divmod(-17, 5), divmod(17, -5), divmod(2 ** 70, 10), divmod(5.5, 2))
print(pow(2, 10), pow(2, -2), pow(3, 100, 7), pow(3, -1, 7), pow(-5, 3, 13), pow(2.0, 3))
print(round(1.5), round(2.5), round(-1.5), round(1.25, 1), round(2.675, 2), round(1234, -2), round(1250, -2), round(1.0), round(5), round(-0.4), round(3.14159, 3), round(10 ** 20 + 5, -1))
print(sum([1, 2, 3]), sum([], 10), sum([0.1] * 3), sum([[1], [2]], []), sum(range(10 ** 5)))
print(min(3, 1, 2), max([4, 9, 2]), min("b", "a"), max([], default=0), min([-3, 2], key=abs), max("a", "bb", key=len))
print(bin(10), oct(8), hex(255), bin(-5), hex(-2 ** 40), int.from_bytes(b"\x01\x02", "big"), (1000).to_bytes(2, "little"))
for f in (lambda: divmod(1, 0), lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: pow(0, -1), lambda: max([]), lambda: sum(["a"]), lambda: abs("x"), lambda: pow(2, -1, 4), lambda: round("x")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
