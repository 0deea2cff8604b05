# For loops over all kinds of things, with else.
for i in range(3):
    print(i, end=" ")
print()
for c in "abc":
    print(c, end=" ")
print()
for x in [1, [2], "3"]:
    print(x)
for k in {"a": 1, "b": 2}:
    print(k)
for a, b in [(1, 2), (3, 4)]:
    print(a + b)
for i, (a, *b) in enumerate([(1, 2, 3), "xy"]):
    print(i, a, b)
for n in range(2, 20):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, "prime")
for x in []:
    print("never")
else:
    print("else of empty")
print(i)
d = {}
for d["k"] in range(3):
    pass
print(d)
for i in range(3):
    i = 10
print(i)
