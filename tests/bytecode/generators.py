def f(x):
    y = yield
    z = yield x
    w = yield from z
    return (yield y), w

async def g(x):
    await x
    async for i in x:
        yield i
    async with x as y:
        return
    z = [await k async for k in x]
