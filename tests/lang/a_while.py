# While loops with break, continue and else.
i = 0
while i < 10:
    i += 1
    if i == 3:
        continue
    if i == 7:
        break
    print(i)
else:
    print("not reached")
print("i", i)
while i > 0:
    i -= 2
else:
    print("else", i)
n, steps = 27, 0
while n != 1:
    n = 3 * n + 1 if n % 2 else n // 2
    steps += 1
print(steps)
a, b = 0, 1
while a < 1000:
    print(a, end=" ")
    a, b = b, a + b
print()
outer = 0
while True:
    inner = 0
    while True:
        inner += 1
        if inner > outer:
            break
    outer += 1
    if outer == 5:
        break
print(outer, inner)
