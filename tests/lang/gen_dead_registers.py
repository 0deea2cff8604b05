"""A suspended generator has words that nothing ever wrote, between the function
of a call in progress and its arguments: what they happen to hold was freed."""
import gc


def keep(*values):
    return values


def paused(n):
    return keep(n, (yield n))


def litter(depth):
    a, b, c, d = [depth], (depth, depth), {depth}, {depth: depth}
    e, f, g, h = [depth], (depth, depth), {depth}, {depth: depth}
    if depth:
        return litter(depth - 1)
    return None


def pause(depth, out):
    g = paused(depth)
    next(g)
    out.append(g)
    if depth:
        pause(depth - 1, out)


total = 0
for i in range(60):
    litter(200)
    gc.collect()
    generators = []
    filled = [([j], (j, j), {j}, {j: j}) for j in range(i * 5)]
    pause(150, generators)
    gc.collect()
    for g in generators:
        try:
            g.send(i)
        except StopIteration as stop:
            total += stop.value[0] + stop.value[1]
print(total)
