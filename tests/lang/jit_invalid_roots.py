"""What an invalidated trace mentions is freed, and stays unmentioned when
another trace runs."""
import gc


def make(i):
    class Point:
        def __init__(self, x):
            self.x = x

        def moved(self):
            return Point(self.x + i)

    return Point


def walk(cls, n):
    p = cls(0)
    for _ in range(n):
        p = p.moved()
    return p.x


def churn(n):
    out = []
    for i in range(n):
        out.append((i, i + 0.5, [i], str(i), {i: i}))
        if len(out) > 500:
            out.clear()
    return len(out)


total = 0
for i in range(12):
    c = make(i)
    total += walk(c, 3000)
    c.moved = lambda self: self        # the trace that knows [moved] is invalid
    total += walk(c, 10)
    del c
    gc.collect()
    total += churn(20000)
print(total)
