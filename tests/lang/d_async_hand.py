# Coroutines and async generators, driven by hand.
class Await:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield self.v
        return ("await", r)
def run(c, *sends):
    out = []
    sends = list(sends)
    try:
        v = c.send(None)
        while True:
            out.append(v)
            v = c.send(sends.pop(0) if sends else None)
    except StopIteration as e:
        out.append(("ret", e.value))
    except BaseException as e:
        out.append((type(e).__name__, str(e)))
    print(out)
async def a():
    x = await Await(1)
    y = await Await(2)
    return x, y
run(a(), "p", "q")
async def b():
    return await a()
run(b(), "p", "q")
async def c():
    try:
        await 5
    except TypeError as e:
        print(e)
    class N:
        def __await__(self): return 5
    try:
        await N()
    except TypeError as e:
        print(e)
    class L:
        def __await__(self): return iter([1, 2])
    print(await L())
    class Co:
        def __await__(self): return a()
    try:
        await Co()
    except TypeError as e:
        print(e)
run(c())
co = a()
try:
    iter(co)
except TypeError as e:
    print(e)
try:
    next(co)
except TypeError as e:
    print(e)
try:
    co.send(1)
except TypeError as e:
    print(e)
run(co)
try:
    co.send(None)
except RuntimeError as e:
    print(e)
print(co.close(), co.cr_running, co.cr_frame, co.cr_await, co.cr_code.co_name)
async def agen(n):
    try:
        for i in range(n):
            r = yield i
            if r:
                print("sent", r)
            await Await(("inner", i))
    finally:
        print("agen finally")
async def d():
    out = []
    async for x in agen(2):
        out.append(x)
    else:
        out.append("else")
    return out
run(d())
async def e():
    return [x async for x in agen(2)], {x async for x in agen(1)}, {x: 1 async for x in agen(1)}, [y for y in [await Await(0)]]
run(e())
async def f():
    g = agen(3)
    print(await g.__anext__(), await g.asend("S"))
    try:
        await g.athrow(ValueError("thrown"))
    except ValueError as e:
        print("out", e)
    try:
        await g.__anext__()
    except StopAsyncIteration as e:
        print("stopped", e.args)
    g = agen(3)
    await g.__anext__()
    print(await g.aclose(), await g.aclose())
    try:
        await g.asend(None)
    except StopAsyncIteration:
        print("closed")
    g = agen(1)
    try:
        await g.asend(5)
    except TypeError as e:
        print(e)
run(f())
class CM:
    def __init__(self, n, swallow=False): self.n, self.s = n, swallow
    async def __aenter__(self):
        print("enter", self.n)
        return await Await("ae")
    async def __aexit__(self, t, v, tb):
        print("exit", self.n, t and t.__name__, v)
        await Await("ax")
        return self.s
async def g():
    async with CM(1) as x, CM(2, True) as y:
        print(x, y)
        raise ValueError("in with")
    async with CM(3) as x:
        return "returned"
run(g(), "x1", "x2")
async def h():
    async with CM(1):
        async with CM(2):
            raise KeyError("k")
run(h())
async def i():
    try:
        async with 5:
            pass
    except TypeError as e:
        print(e)
    try:
        async for x in 5:
            pass
    except TypeError as e:
        print(e)
    class A:
        def __aiter__(self): return 5
    try:
        async for x in A():
            pass
    except TypeError as e:
        print(e)
    class B:
        def __aiter__(self): return self
        def __anext__(self): return 5
    try:
        async for x in B():
            pass
    except TypeError as e:
        print(e)
    class C:
        async def __aenter__(self): pass
    try:
        async with C():
            pass
    except TypeError as e:
        print(e)
    class D:
        def __aenter__(self): return 1
        async def __aexit__(self, *a): pass
    try:
        async with D():
            pass
    except TypeError as e:
        print(e)
run(i())
async def j():
    raise StopIteration("x")
run(j())
async def k():
    raise StopAsyncIteration("x")
run(k())
async def l():
    yield 1
    raise StopAsyncIteration("in agen")
async def m():
    async for x in l():
        print(x)
run(m())
async def n():
    try:
        await Await(1)
    except ValueError as e:
        print("caught", e)
        await Await(2)
    finally:
        print("fin")
    return "n"
co = n()
print(co.send(None), co.throw(ValueError("T")))
try:
    co.send(None)
except StopIteration as e:
    print(e.value)
co = n()
co.send(None)
print(co.close())
co = b()
co.send(None)
print(co.cr_await.cr_code.co_name, co.cr_frame is not None, co.cr_suspended)
co.close()
w = b().__await__()
print(type(w).__name__, next(w), w.send("1"), w.close())
async def o():
    ag = agen(5)
    it = ag.__anext__()
    print(type(it).__name__, ag.ag_running, ag.ag_frame is not None, ag.ag_code.co_name)
    await it
    try:
        await it
    except RuntimeError as e:
        print(e)
    print(await anext(ag), await anext(ag), await anext(aiter(ag)))
    await ag.aclose()
    print(await anext(ag, "default"))
run(o())
async def p():
    async def inner():
        yield 1
        yield 2
    return [x + y async for x in inner() async for y in inner() if x != y]
run(p())
async def q():
    gen = (x async for x in agen(2))
    print(type(gen).__name__)
    return [x async for x in gen]
run(q())
async def ignoring():
    while True:
        try:
            yield 1
        except GeneratorExit:
            yield 2
async def r():
    x = ignoring()
    await anext(x)
    await x.aclose()
run(r())
import types
@types.coroutine
def old():
    r = yield "old"
    return r
async def s():
    return await old()
run(s(), "sent")
