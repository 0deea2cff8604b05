# function.__code__ is set: calls take the new code, frames and generators that
# run already go on with theirs.
def one():
    return 1


def two():
    return 2


def calls(n, f):
    total = 0
    for i in range(n):
        total += one() + f()
    return total


first = one.__code__
print(calls(1000, one))
one.__code__ = two.__code__
print(calls(1000, one), calls(1000, two))


class C:
    def m(self):
        return 1

    def __call__(self):
        return 1

    def __add__(self, other):
        return 1

    def __init__(self):
        self.x = 1


def objects(n):
    total = 0
    c = C()
    for i in range(n):
        total += c.m() + c() + (c + i) + C().x
    return total


def other(self):
    self.x = 10


print(objects(1000))
C.m.__code__ = (lambda self: 5).__code__
print(objects(1000))
C.__call__.__code__ = (lambda self: 7).__code__
print(objects(1000))
C.__add__.__code__ = (lambda self, o: o).__code__
print(objects(1000))
C.__init__.__code__ = other.__code__
print(objects(1000))


def changes(n):
    total = 0
    for i in range(n):
        total += one()
        if i % 100 == 50:
            one.__code__ = first if total % 2 else two.__code__
    return total


print(changes(1000))


def recursive(n):
    if n == 0:
        recursive.__code__ = (lambda n, *a: "new").__code__
        return "old"
    r = recursive(n - 1)
    x = n * 2
    return r, x, n


print(recursive(3), recursive(3))


def deep(n):
    if n == 0:
        deep.__code__ = shallow.__code__
        return 0
    r = deep(n - 1) + 1
    a = b = c = d = n
    return r + a - b + c - d


def shallow(n):
    return -1


original = deep.__code__
results = []
for i in range(60):
    deep.__code__ = original
    results.append((deep(10), deep(10)))
print(set(results))


def numbers():
    yield 1
    yield 2
    x = 3
    yield x


it = numbers()
print(next(it))
old = numbers.__code__
numbers.__code__ = (lambda: 0).__code__
print(next(it), list(it), numbers(), it.gi_code is old)
numbers.__code__ = old


def many(n):
    total = 0
    for i in range(n):
        for x in numbers():
            total += x
            if i == n // 2 and x == 1:
                numbers.__code__ = letters.__code__
    return total


def letters():
    a = 10
    b = 20
    yield a
    yield b


print(many(400))


def fails():
    x = 1
    fails.__code__ = one.__code__
    y = 2
    raise ValueError(x + y)


try:
    fails()
except ValueError as e:
    tb = e.__traceback__.tb_next
    print(e, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno, tb.tb_frame.f_code.co_name)
print(fails())


def unbound(flag):
    unbound.__code__ = one_argument.__code__
    if flag:
        value = 1
    return value


def one_argument(argument):
    return argument


try:
    unbound(0)
except UnboundLocalError as e:
    print(e)
print(unbound(5))
