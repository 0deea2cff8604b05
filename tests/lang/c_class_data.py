# attributes of classes that change while hot code reads them
class Base:
    count = 0
    step = 1
    names = ()

    def bump(self):
        type(self).count += self.step
        return self.count

    @staticmethod
    def fixed():
        return 7


class Left(Base):
    pass


class Right(Base):
    count = 100
    step = 3


def run(n):
    a, b, c = Left(), Right(), Base()
    total = 0
    for i in range(n):
        total += a.bump() + b.bump() + c.bump() + Base.fixed() + a.fixed()
        if i % 50 == 0:
            Base.step += 1
            Right.names = Right.names + (i,)
        if i == 120:
            Left.count = "text"
            Left.count = 5
        if i == 150:
            del Right.count
            Right.count = 2.5
        if i == 200:
            Base.step = property(lambda self: 11)
        if i == 230:
            Base.step = 2
        if i == 260:
            Right.step = len
            Right.step = 4
        if i == 290:
            Base.fixed = staticmethod(lambda: 9)
        if i == 300:
            Base.fixed = lambda *args: 1
        if i == 320:
            a.step = 1000
            Base.step = 1
    return total, Base.count, Left.count, Right.count, len(Right.names)


print(run(400))
print(vars(Right)["count"], sorted(k for k in vars(Left) if k[0] != "_"))


class Meta(type):
    limit = 3


class Made(metaclass=Meta):
    value = 1


def meta(n):
    total = 0
    for i in range(n):
        total += Made.value + Made.limit
        if i % 40 == 0:
            Made.value += 1
            Meta.limit += 1
        if i == 100:
            Made.limit = 50
    return total


print(meta(200))


class Callee:
    def __call__(self, x):
        return x + 1


class Holder:
    action = Callee()
    kind = int


def calls(n):
    h, total = Holder(), 0
    for i in range(n):
        total += h.action(i) + h.kind("12") + Holder.action(1)
        if i == 90:
            Holder.kind = float
        if i == 110:
            Holder.kind = lambda self, x: 1
        if i == 130:
            Holder.action = lambda *a: len(a)
    return total


print(calls(200))
