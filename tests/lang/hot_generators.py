# Generators driven inside hot loops, closed and thrown into.
def count(n):
    i = 0
    while i < n:
        got = yield i
        if got:
            i += got
        i += 1
t = 0
for v in count(3000):
    t += v
print(t)
g = count(100000)
next(g)
s = 0
for i in range(2000):
    s += g.send(i % 5)
print(s)
g.close()
def squares(it):
    for x in it:
        yield x * x
def odd(it):
    for x in it:
        if x % 2:
            yield x
print(sum(squares(odd(range(3000)))), sum(x for x in odd(squares(range(1000))) if x % 3))
def many(n):
    t = 0
    for i in range(n):
        for v in count(i % 4):
            t += v
            if v == 2:
                break
        g = count(5)
        next(g)
        if i % 10 == 0:
            try:
                g.throw(ValueError(i))
            except ValueError as e:
                t += e.args[0]
    return t
print(many(1500))
def delegating(n):
    for i in range(n):
        r = yield from count(3)
        assert r is None
print(sum(delegating(800)))
def mixed():
    for i in range(2000):
        yield i if i < 1000 else i / 2 if i < 1500 else str(i)
ints = floats = strs = 0
for v in mixed():
    if isinstance(v, int): ints += v
    elif isinstance(v, float): floats += v
    else: strs += len(v)
print(ints, floats, strs)
