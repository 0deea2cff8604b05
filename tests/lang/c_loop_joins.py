# loops whose branches all become hot: bridges go on in the middle of their loop
class P:
    def __init__(self):
        self.x = 0
        self.y = 0.0
        self.log = [0] * 8


def ints(n):
    a = b = c = 0
    for i in range(n):
        if i & 1:
            a += i
        elif i % 3:
            b += 2
        else:
            c ^= i
    return a, b, c


def mixed(n):
    p, last, best = P(), None, -1
    values = [1, 2, 3, 4] * 4
    for i in range(n):
        v = values[i & 15]
        if v == 1:
            p.x += 1
        elif v == 2:
            p.y += 1.5
            last = i
        elif v == 3:
            p.log[i & 7] += v
            if p.log[i & 7] > best:
                best = p.log[i & 7]
        else:
            p.y -= 0.5
            if i % 50021 == 50020:
                values = [4, 3, 2, 1] * 4
    return p.x, p.y, p.log, last, best


def kinds(n):
    t, swaps, x, y = 0, 0, 1, 2
    Acc.step = 1
    for i in range(n):
        if i % 3 == 0:
            x, y = y, x
            swaps += 1
        elif i % 3 == 1:
            t = t + x if i < 60000 else t + 0.5
        else:
            y = y + 1 if y < 100 else 3
        if i == 100000:
            t = int(t)
    return t, swaps, x, y


def nested(n):
    total, row = 0, [1, 2, 3]
    for i in range(n):
        for v in row:
            if v & 1:
                total += v
            else:
                total -= 1
        if i % 7 == 6:
            row = row[1:] + [i % 5]
    return total, row


def linked(n):
    first = None
    for i in range(40):
        first = (i, first)
    total, odd, node = 0, 0, first
    for i in range(n):
        value, rest = node
        if value % 2:
            odd += value
        else:
            total += value
        node = rest or first
    return total, odd


class Acc:
    step = 1

    def __init__(self):
        self.total = 0

    def add(self, v):
        self.total += v * self.step
        return self.total


def objects(n):
    a, b, hits = Acc(), Acc(), 0
    for i in range(n):
        o = a if i % 4 else b
        if o.add(i) % 2:
            hits += 1
        elif i == 90000:
            Acc.step = 2
        elif i % 1000 == 0:
            a = Acc()
    return a.total, b.total, hits


def errors(n):
    fine = bad = 0
    table = {1: 2, 3: 4}
    for i in range(n):
        try:
            if i % 5 == 0:
                fine += table[i % 7]
            elif i % 5 == 1:
                bad -= 1
            else:
                fine += 1
        except KeyError:
            bad += 1
    return fine, bad


for f in (ints, mixed, kinds, nested, linked, objects, errors):
    for n in (150000, 1000, 150001):
        print(f.__name__, f(n))
