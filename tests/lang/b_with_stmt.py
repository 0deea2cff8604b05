# Context managers.
class CM:
    def __init__(self, n, swallow=False):
        self.n, self.swallow = n, swallow
    def __enter__(self):
        print("enter", self.n)
        return self.n
    def __exit__(self, t, v, tb):
        print("exit", self.n, t.__name__ if t else None, v, tb is not None)
        return self.swallow
with CM(1) as x:
    print("body", x)
with CM(2), CM(3) as y, CM(4):
    print(y)
with (CM(5) as a, CM(6) as b):
    print(a, b)
with CM(7, True):
    raise ValueError("gone")
try:
    with CM(8):
        raise ValueError("seen")
except ValueError as e:
    print("caught", e)
def f():
    for i in range(3):
        with CM(i):
            if i == 0:
                continue
            if i == 1:
                return "ret"
print(f())
with CM((1, 2)) as (p, q):
    print(p, q)
class Bad:
    pass
for src in ("with Bad(): pass", "with 5: pass"):
    try:
        exec(src)
    except TypeError as e:
        print(e)
class Raiser:
    def __enter__(self): raise RuntimeError("in enter")
    def __exit__(self, *a): print("never")
try:
    with CM(10), Raiser():
        pass
except RuntimeError as e:
    print(e)
class ExitRaises:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError("exit")
try:
    with ExitRaises():
        raise ValueError("body")
except KeyError as e:
    print(repr(e), repr(e.__context__))
