# yield from: values, send and throw through it.
def inner():
    try:
        x = yield 1
        print("inner got", x)
        y = yield 2
        print("inner got", y)
    except KeyError as e:
        print("inner caught", e)
        yield "recovered"
    return "result"
def outer():
    r = yield from inner()
    print("outer got", r)
    r2 = yield from [10, 20]
    print("list gives", r2)
    yield from "ab"
    return "all"
g = outer()
print(next(g), g.send("A"), g.send("B"), list(g))
h = outer()
next(h)
print(h.throw(KeyError("k")), next(h))
h.close()
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(list(tree(4)))
def chain(*its):
    for i in its:
        yield from i
print(list(chain([1], (2, 3), {4: 5}, range(2))))
def cleanup():
    try:
        yield 1
    finally:
        print("inner closed")
def o():
    try:
        yield from cleanup()
    finally:
        print("outer closed")
x = o()
next(x)
x.close()
def deep(n):
    if n == 0:
        yield "bottom"
    else:
        yield from deep(n - 1)
print(list(deep(100)))
