# Assignment expressions.
if (n := 10) > 5:
    print(n)
while (n := n - 3) > 0:
    print(n)
print([y := 1, y ** 2], y, [z for x in range(5) if (z := x * 2) > 3], z)
print((a := 1, b := 2), a + b)
def f(x):
    return (t := x + 1) * t
print(f(3))
data = [1, 2, 3]
print(any((found := v) > 1 for v in data), found)
