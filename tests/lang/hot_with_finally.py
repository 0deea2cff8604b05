# with and finally inside hot loops.
class CM:
    live = 0
    def __init__(self, eat): self.eat = eat
    def __enter__(self):
        CM.live += 1
        return self
    def __exit__(self, t, v, tb):
        CM.live -= 1
        return self.eat and t is not None
def run(n):
    c = 0
    for i in range(n):
        with CM(i % 2 == 0) as m:
            if i % 10 == 0:
                raise ValueError(i)
            if i % 7 == 0:
                continue
            if i == n - 1:
                break
            c += 1
    return c, CM.live
print(run(2000))
def ret(i):
    with CM(False):
        try:
            if i % 3 == 0:
                return i
            if i % 3 == 1:
                raise KeyError(i)
        except KeyError:
            return -i
        finally:
            if i % 50 == 0:
                return 1000
    return 0
print(sum(ret(i) for i in range(1500)), CM.live)
