# Ints that leave 50 bits across calls, generators, exceptions and nested loops:
# traces that expected small ones are recorded anew.


def step(x, k):
    return x * 3 + k


def calls(n):
    x = 1
    for i in range(n):
        x = step(x, i)
        if x > 2 ** 62:
            x = x % 12345 - 2 ** 50
    return x


def generate(n):
    x = 2 ** 49 - 3
    for i in range(n):
        yield x
        x += i % 2 * 2 - (i % 3 == 0)


def from_generator(n):
    low = high = 2 ** 49
    for x in generate(n):
        if x < low:
            low = x
        if x > high:
            high = x
    return low, high


class TooBig(Exception):
    pass


def check(x):
    if x > 2 ** 60:
        raise TooBig(x)
    return x << 1


def exceptions(n):
    x = 1
    out = []
    for i in range(n):
        try:
            x = check(x)
        except TooBig as e:
            out.append(e.args[0] + i)
            x = i
    return len(out), out[-1]


def nested(n):
    total = 0
    for i in range(n):
        row = 2 ** 48
        for j in range(20):
            row += row >> 3
            total ^= row
        while row > 100:
            row //= 7
            total += row & 3
    return total


def late(n):
    """small at first: the trace is there when the first large one comes"""
    x = 0
    peak = 0
    for i in range(n):
        x += i * i * i
        if x > peak:
            peak = x
        if i == n - 300:
            x = 2 ** 49 - 10
        if x > 2 ** 52:
            x -= 2 ** 52
    return x, peak


def swap(n):
    a, b = 2 ** 48, 3
    for i in range(n):
        a, b = b, a + b * 5
        if b > 2 ** 61:
            a, b = 1, 2
    return a, b


def float_then_int(n):
    out = 0.0
    x = 2 ** 53 + 1
    for i in range(n):
        out = out / 2 + x
        x += 2 ** 45
        if out > x:
            out -= x
    return out, x, x == float(x), x < float(x + 1), 2 ** 53 + 1 == float(2 ** 53)


def truth(n):
    x = 2 ** 55
    k = 0
    for i in range(n):
        x = x - 2 ** 50 if x else 2 ** 55
        if not x:
            k += 1
        k += 2 if x and x > 0 else 0
    return x, k


def text(n):
    out = []
    x = 2 ** 49 - 2
    for i in range(n):
        x += 1
        out.append(f"{x} {x:x} {-x!r}")
    return out[0], out[-1], len(set(out))


print(calls(500))
print(from_generator(400))
print(exceptions(400))
print(nested(60))
print(late(1000))
print(swap(500))
print(float_then_int(200))
print(truth(300))
print(text(60))


def least(n):
    """the least int64 as a constant that an exception handler leaves"""
    x, out = 2, []
    for i in range(n):
        try:
            out.append((x // 3, x % 3, x // 7, x >> 1, -x, abs(x)))
            i & 1.5
        except TypeError:
            x = -9223372036854775808
    return out[-1]


print(least(50))
