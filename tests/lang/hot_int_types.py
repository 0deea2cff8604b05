# A hot sum whose operands turn from int to float to str.
def add(a, b):
    return a + b
def run():
    out = []
    acc = 0
    for i in range(3000):
        if i == 1000:
            acc = float(acc)
        if i == 2000:
            acc = str(acc)
        acc = add(acc, "x" if isinstance(acc, str) and i % 100 == 0 else "" if isinstance(acc, str) else i)
        if i % 500 == 499:
            out.append(acc)
    return out
for v in run():
    print(v)
def mixed(vals):
    t = 0
    for v in vals:
        t = t * 3 % 1000003 + v
    return t
print(mixed(list(range(1500))), mixed([0.5] * 1500), mixed(list(range(1000)) + [1.5] + list(range(500))), mixed([True, 2, 2 ** 70] * 300))
