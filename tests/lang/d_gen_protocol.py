# Generators: send, throw, close, delegation, re-entrancy, errors.
def show(f, *a):
    try:
        r = f(*a)
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, "value", ""))
        return None
    print("->", r, flush=True)
    return r
def echo():
    r = None
    while True:
        try:
            r = yield r
        except ValueError as e:
            r = "caught " + str(e)
        except GeneratorExit:
            print("closing")
            raise
g = echo()
show(g.send, 1)
show(next, g)
show(g.send, 5)
show(g.throw, ValueError("a"))
show(g.throw, ValueError, "b")
show(g.throw, ValueError, ValueError("c"))
show(g.throw, ValueError, ("d", "e"))
show(g.throw, KeyError)
show(next, g)
show(g.send, 3)
show(g.throw, ValueError("after end"))
show(g.close)
g = echo()
show(g.throw, ValueError("fresh"))
show(next, g)
g = echo()
next(g)
show(g.close)
show(g.close)
def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("no")
            yield 2
            return
g = stubborn()
next(g)
show(g.close)
show(g.close)
def close_raises():
    try:
        yield 1
    finally:
        raise KeyError("in close")
g = close_raises()
next(g)
show(g.close)
def close_returns():
    try:
        yield 1
    except GeneratorExit:
        return 5
g = close_returns()
next(g)
show(g.close)
def reenter():
    yield next(me)
me = reenter()
show(next, me)
show(next, me)
def reenter2():
    try:
        yield me2.close()
    except ValueError as e:
        yield "r2 " + str(e)
me2 = reenter2()
show(next, me2)
def sub():
    try:
        x = yield "s1"
        print("sub got", x)
        x = yield "s2"
        print("sub got", x)
    except ValueError as e:
        print("sub caught", e)
        yield "s3"
    finally:
        print("sub finally")
    return "sub value"
def outer():
    try:
        r = yield from sub()
        print("outer got", r)
        yield "o1"
    except KeyError as e:
        print("outer caught", repr(e))
        yield "o2"
    finally:
        print("outer finally")
    return "outer value"
g = outer()
for f, a in ((next, (g,)), (g.send, ("A",)), (g.send, ("B",)), (next, (g,))):
    show(f, *a)
g = outer(); next(g)
show(g.throw, ValueError("V"))
show(next, g)
show(next, g)
g = outer(); next(g)
show(g.throw, KeyError("K"))
show(next, g)
g = outer(); next(g)
show(g.close)
g = outer(); next(g)
show(g.throw, GeneratorExit)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("it value")
        return self.n
def over(it):
    r = yield from it
    return ("result", r)
g = over(It())
show(next, g)
show(g.send, None)
show(g.send, "x")
show(next, g)
g = over(It()); next(g)
show(g.throw, KeyError("no throw method"))
g = over(It()); next(g)
show(g.close)
class Full(It):
    def send(self, v): return ("send", v)
    def throw(self, *a): return ("throw", len(a), isinstance(a[0], (type, BaseException)))
    def close(self): print("closed")
g = over(Full())
show(next, g)
show(g.send, "y")
show(g.throw, KeyError("k"))
show(g.close)
class BadClose(It):
    def close(self): raise IndexError("bad close")
g = over(BadClose()); next(g)
show(g.close)
class ThrowStops(It):
    def throw(self, *a): raise StopIteration("from throw")
g = over(ThrowStops()); next(g)
show(g.throw, ValueError)
show(lambda: list(over(5)))
show(lambda: list(over([1, 2])))
def pep479():
    raise StopIteration("inside")
    yield
try:
    next(pep479())
except RuntimeError as e:
    print(e, repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
def through():
    try:
        yield
    except StopIteration:
        raise
g = through(); next(g)
show(g.throw, StopIteration("t"))
g = echo()
show(g.throw, 5)
show(g.throw, int)
show(g.throw, ValueError("x"), "y")
show(g.throw, ValueError, None, "tb")
show(g.send)
show(next, iter([]), 5)
show(next, 5)
def ret_tuple():
    return (1, 2)
    yield
show(next, ret_tuple())
def ret_exc():
    return ValueError("value")
    yield
show(next, ret_exc())
x = echo()
print(x.gi_frame is not None, x.gi_running, x.gi_yieldfrom, x.gi_code.co_name, x.__name__, x.__qualname__)
g = outer(); next(g)
print(g.gi_yieldfrom.__name__, g.gi_frame.f_lineno - g.gi_code.co_firstlineno)
print(type(g), repr(g).split(" at ")[0])
x.__name__ = "renamed"
print(x.__name__)
show(setattr, x, "__name__", 5)
show(setattr, x, "foo", 5)
show(lambda: type(x)())
print([y for y in (yield_ for yield_ in range(3))], sum(i for i in range(10) if i % 2))
def nested():
    def inner(n):
        if n:
            yield n
            yield from inner(n - 1)
    yield from inner(50)
print(sum(nested()))
def finally_order():
    for i in range(2):
        try:
            yield i
        finally:
            print("fin", i)
print(list(finally_order()))
def yield_in_expr():
    a = (yield 1) + (yield 2) * (yield 3)
    return a
g.close()
g = yield_in_expr()
next(g); g.send(10); g.send(3)
show(g.send, 4)
def in_call():
    print("args", (yield "a"), [(yield "b")], {(yield "c"): (yield "d")}, f"{(yield 'e')}")
g = in_call()
v = next(g)
while v:
    try:
        v = g.send(v.upper())
    except StopIteration:
        v = None
