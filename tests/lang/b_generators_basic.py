# Generators.
def gen(n):
    print("start")
    for i in range(n):
        yield i
    print("end")
    return "value"
g = gen(2)
print(next(g), next(g))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
print(next(g, "done"), list(gen(2)), iter(g) is g)
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
print([x for x, _ in zip(fib(), range(15))])
def flat(x):
    for e in x:
        if isinstance(e, list):
            yield from flat(e)
        else:
            yield e
print(list(flat([1, [2, [3, 4]], [], [[5]]])))
sq = (x * x for x in range(5))
print(sum(sq), sum(sq), tuple(i + j for i in range(3) for j in range(i)))
def early():
    try:
        yield 1
        yield 2
    finally:
        print("cleanup")
for v in early():
    print(v)
    break
e = early()
next(e)
e.close()
print(list(e))
def perms(l):
    if not l:
        yield []
    for i in range(len(l)):
        for p in perms(l[:i] + l[i + 1:]):
            yield [l[i]] + p
print(list(perms([1, 2, 3])))
def bad():
    yield 1
    raise ValueError("g")
b = bad()
print(next(b))
try:
    next(b)
except ValueError as x:
    print(x, list(b))
def si():
    yield 1
    raise StopIteration
try:
    list(si())
except RuntimeError as x:
    print(x, repr(x.__cause__))
lazy = (print("lazy", i) for i in range(2))
print("made")
list(lazy)
print(max(i % 7 for i in range(20)), any(i > 3 for i in range(10)), dict((i, i * i) for i in range(3)))
