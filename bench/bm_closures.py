# Closures: counters with nonlocal, composition, currying, memoization by
# decorator, callbacks in tables.
import benchlib


def counter(step):
    value = 0

    def bump(by=1):
        nonlocal value
        value += step * by
        return value

    def reset():
        nonlocal value
        old, value = value, 0
        return old

    return bump, reset


def compose(*functions):
    def composed(x):
        for f in functions:
            x = f(x)
        return x
    return composed


def curry(f):
    return lambda a: lambda b: lambda c: f(a, b, c)


def memo(f):
    cache = {}

    def wrapper(*args):
        try:
            return cache[args]
        except KeyError:
            result = cache[args] = f(*args)
            return result

    wrapper.cache = cache
    return wrapper


def make_grid():
    @memo
    def paths(x, y):
        if x == 0 or y == 0:
            return 1
        return (paths(x - 1, y) + paths(x, y - 1)) % 1000003
    return paths


def accumulate(callbacks, value):
    for name, callback in callbacks.items():
        value = callback(value) if name != "skip" else value
    return value


def run(n):
    bump, reset = counter(3)
    pipeline = compose(lambda x: x + 1, lambda x: x * 2, abs, lambda x: x % 1009)
    curried = curry(lambda a, b, c: a * b - c)
    callbacks = {"inc": lambda x: x + 1, "skip": None, "mod": lambda x, m=97: x % m}
    total = resets = 0
    for i in range(n):
        total += bump(i & 7)
        if total > 10 ** 6:
            resets += reset()
            total = pipeline(-total)
        total += curried(i)(3)(total & 15)
        total = pipeline(total) + accumulate(callbacks, i)
    paths = make_grid()
    grid = sum(paths(i, j) for i in range(40) for j in range(40))
    adders = [lambda x, k=k: x + k for k in range(10)]
    for f in adders:
        total = f(total)
    return f"{total} {resets} {grid} {len(paths.cache)}"


if __name__ == "__main__":
    benchlib.main(run, 140000,
                  "175 999021 551430658 1600")
