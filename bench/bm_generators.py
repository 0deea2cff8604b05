# Generators: pipelines, recursive tree walks with yield from, coroutines fed
# with send, generator expressions.
import benchlib


class Tree:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def build(low, high):
    if low >= high:
        return None
    mid = (low + high) // 2
    return Tree(build(low, mid), mid, build(mid + 1, high))


def naturals():
    i = 0
    while True:
        yield i
        i += 1


def take(n, items):
    for _, item in zip(range(n), items):
        yield item


def keep(test, items):
    for item in items:
        if test(item):
            yield item


def pairwise(items):
    it = iter(items)
    previous = next(it)
    for item in it:
        yield previous, item
        previous = item


def averager():
    total = count = 0
    value = None
    while True:
        value = yield (total / count if count else 0.0)
        if value is None:
            return total
        total += value
        count += 1


def run(n):
    tree = build(0, n)
    walked = sum(b * b - a for a, b in pairwise(tree))
    odd = sum(keep(lambda x: x % 2, take(n, naturals())))
    squares = sum(x * x % 7 for x in (y + 1 for y in range(n) if y % 3))
    coroutine = averager()
    mean = next(coroutine)
    for i in range(n):
        mean = coroutine.send(i)
    try:
        coroutine.send(None)
    except StopIteration as stop:
        total = stop.value
    return f"{walked} {odd} {squares} {mean} {total}"


if __name__ == "__main__":
    benchlib.main(run, 40000,
                  "21331733399999 400000000 53335 19999.5 799980000")
