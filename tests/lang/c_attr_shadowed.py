# instance attributes that a class later shadows; attributes beyond the inline ones
class P:
    def __init__(self):
        self.x = 1

    def __call__(self, n):
        total = 0
        for i in range(n):
            total += i
        return total + self.x


def run(n):
    p, total = P(), 0
    for i in range(n):
        total += p.x
        if i == 150:
            P.x = property(lambda self: 1000)
        if i == 180:
            del P.x
            P.x = 5
    return total


print(run(300))
del P.x


class Wide:
    pass


def fill(o, n):
    for i in range(n):
        setattr(o, "a%d" % i, i)
    return o


def wide(n):
    a, b = fill(Wide(), 40), fill(Wide(), 9)
    total = 0
    for i in range(n):
        total += a.a39 + b.a8 + a.a2
        a.a39 = i
        b.a8 = [i]
        b.a8 = len([b.a8]) + i % 3
        if i == 90:
            b.a8 = 2.5
        if i == 120:
            del b.a3
        if i == 140:
            Wide.a39 = 7
        if i == 170:
            Wide.a8 = property(lambda self: 3, lambda self, v: None)
    return total, a.a39, b.a8


print(wide(200))


def called(n):
    p, total = P(), 0
    for i in range(n):
        total += p(i % 20)
        if i == 150:
            P.__call__ = lambda self, n: -1
    return total


print(called(200))


class Keep:
    def __init__(self):
        self.f = abs

    def g(self):
        return 2


def methods(n):
    k, total = Keep(), 0
    for i in range(n):
        total += k.f(-i) + k.g()
        if i == 100:
            Keep.f = property(lambda self: lambda x: 1)
        if i == 130:
            k.g = lambda: 50
    return total


print(methods(200))
