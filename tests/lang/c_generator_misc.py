# Generators: state, exceptions across yields, gi attributes.
def g():
    try:
        yield 1
    except ValueError:
        try:
            yield 2
        finally:
            yield 3
    yield 4
x = g()
print(next(x), x.throw(ValueError), next(x), next(x), list(x))
def ctx():
    try:
        raise KeyError("k")
    except KeyError:
        yield 1
        try:
            raise
        except KeyError as e:
            yield repr(e)
y = ctx()
try:
    raise ValueError
except ValueError:
    print(next(y), next(y))
z = g()
print(z.gi_running, z.gi_frame is not None, z.gi_code.co_name, z.__name__)
list(zip(z, range(1)))
z.close()
print(z.gi_frame)
def ret(): return (yield (yield 1))
r = ret()
print(next(r), r.send("a"))
try:
    r.send("b")
except StopIteration as s:
    print(s.value)
print([*(lambda: (yield 5))()])
def loop():
    while True:
        try:
            v = yield
            print("v", v)
        except GeneratorExit:
            print("exit")
            return
l = loop()
next(l); l.send(1); l.close()
def w():
    with_ = []
    for i in range(3):
        with_.append((yield i))
    return with_
def d():
    return (yield from w())
q = d()
print(next(q), q.send("x"), q.send("y"))
try:
    q.send("z")
except StopIteration as s:
    print(s.value)
t = g()
next(t)
try:
    t.throw(TypeError("tt"))
except TypeError as e:
    print(e)
print(next(t, "dead"))
