# Coroutines driven in a hot loop.
class Y:
    def __await__(self):
        r = yield 1
        return r
async def leaf(i):
    if i % 50 == 0:
        raise ValueError(i)
    return await Y() + i
async def root(n):
    t = 0
    for i in range(n):
        try:
            t += await leaf(i)
        except ValueError as e:
            t -= e.args[0]
    return t
c = root(2000)
v, steps = c.send(None), 0
try:
    while True:
        steps += 1
        v = c.send(v + steps % 3)
except StopIteration as e:
    print(e.value, steps)
