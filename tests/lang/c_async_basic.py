# Coroutines driven by hand.
class Wait:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return got
async def leaf(n):
    r = await Wait(n)
    return r + 1
async def root():
    a = await leaf(1)
    b = await leaf(2)
    try:
        await leaf(3)
    except ValueError as e:
        print("caught", e)
    return a + b
c = root()
print(type(c).__name__, c.send(None), c.send(10), c.send(20), end=" ")
try:
    c.throw(ValueError("boo"))
except StopIteration as e:
    print("result", e.value)
def drive(co):
    out = []
    try:
        v = co.send(None)
        while True:
            out.append(v)
            v = co.send(len(out))
    except StopIteration as e:
        return out, e.value
print(drive(leaf(5)))
class ACM:
    async def __aenter__(self):
        print("aenter", await Wait("in"))
        return self
    async def __aexit__(self, t, v, tb):
        print("aexit", t.__name__ if t else None, await Wait("out"))
        return True
class AIter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        return await Wait(self.n)
async def body():
    async with ACM() as m:
        async for x in AIter(3):
            print("x", x)
        else:
            print("else")
        raise KeyError("eaten")
    return [y async for y in AIter(2)], {k: await leaf(k) async for k in AIter(2)}
print(drive(body()))
async def never(): pass
n = never()
n.close()
try:
    n.send(None)
except RuntimeError as e:
    print(e)
async def bad(): await 5
try:
    bad().send(None)
except TypeError as e:
    print(e)
async def si(): raise StopIteration
try:
    si().send(None)
except RuntimeError as e:
    print(e)
