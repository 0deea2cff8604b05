# functions of one code with defaults of their own in hot loops
def make(k):
    return lambda x, y=k, z=[k]: (x, y, z)


def run(n):
    fs = [make(i) for i in range(7)] + [make("s"), make(2.5), make(None)]
    seen = {}
    for i in range(n):
        f = fs[i % len(fs)]
        r = repr((f(i % 3), f(1, 2), f(1, z=0)))
        seen[r] = seen.get(r, 0) + 1
        if i == 150:
            fs[0].__defaults__ = (100,)
        if i == 180:
            fs[0].__defaults__ = (1, 2, 3)
        if i == 200:
            fs[0].__defaults__ = ("a", "b")
    return seen


try:
    run(200)
except TypeError as e:
    print(e)


def ok(n):
    fs, seen = [make(i) for i in range(5)], {}
    for i in range(n):
        f = fs[i % 5]
        r = repr((f(i % 3), f(1, 2), f(1, z=0)))
        seen[r] = seen.get(r, 0) + 1
        if i == 150:
            fs[0].__defaults__ = ("new", "er")
        if i == 170:
            fs[1].__defaults__ = (7, 8, 9)
    return seen


for k, v in ok(300).items():
    print(k, v)
f = make(1)
f.__defaults__ = None
for i in range(100):
    try:
        f(i)
    except TypeError as e:
        if i == 99:
            print(e)
