# Asynchronous generators driven by hand.
class Wait:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
async def agen(n):
    try:
        for i in range(n):
            got = yield i * (await Wait("w%d" % i) or 1)
            if got: print("got", got)
    finally:
        print("agen finally")
def drive(co):
    trace = []
    try:
        v = co.send(None)
        while True:
            trace.append(v)
            v = co.send(2)
    except StopIteration as e:
        return trace, e.value
async def main():
    out = []
    async for x in agen(3):
        out.append(x)
    out.append([y async for y in agen(2) if y or True])
    g = agen(5)
    out.append(await g.__anext__())
    out.append(await g.asend("hello"))
    try:
        await g.athrow(ValueError("t"))
    except ValueError as e:
        out.append(str(e))
    try:
        await g.__anext__()
    except StopAsyncIteration:
        out.append("over")
    h = agen(3)
    await h.__anext__()
    await h.aclose()
    gen = (z * 2 async for z in agen(2))
    out.append([q async for q in gen])
    return out
print(drive(main()))
