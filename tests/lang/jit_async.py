# An asynchronous generator that sometimes yields and sometimes ends in a trace.
class Aw:
    def __init__(self, n): self.n = n
    def __await__(self):
        s = 0
        for i in range(self.n): s += yield i
        return s
async def co(n):
    t = 0
    for i in range(n):
        t += await Aw(i % 3)
        async for x in ag(i % 4): t += x
    return t
async def ag(n):
    for i in range(n):
        await Aw(1)
        yield i
def f():
    c = co(80)
    v = None; steps = 0
    try:
        while True:
            c.send(v); v = 1; steps += 1
    except StopIteration as e: return e.value, steps
print(f())
