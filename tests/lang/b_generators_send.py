# Generators: send, throw, close.
def echo():
    got = []
    while True:
        try:
            x = yield len(got)
            got.append(x)
        except ValueError as e:
            print("caught", e)
            got.append("err")
        except GeneratorExit:
            print("closing", got)
            raise
g = echo()
print(g.send(None), g.send("a"), g.send("b"), g.throw(ValueError("v")), next(g))
g.close()
g.close()
try:
    g.send(1)
except StopIteration:
    print("exhausted")
try:
    echo().send(1)
except TypeError as e:
    print(e)
def avg():
    t = c = 0
    a = None
    while True:
        x = yield a
        if x is None:
            return t
        t += x
        c += 1
        a = t / c
a = avg()
next(a)
print(a.send(10), a.send(20), a.send(60))
try:
    a.send(None)
except StopIteration as e:
    print(e.value)
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as e:
    print(e)
def reenter():
    yield next(r)
r = reenter()
try:
    next(r)
except ValueError as e:
    print(e)
t = avg()
try:
    t.throw(KeyError("early"))
except KeyError as e:
    print(repr(e))
print(list(t))
