# Method calls: overridden methods, super, properties, static and class
# methods, callables, default and keyword arguments, bound methods.
import benchlib


class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        self._scale = 1
        type(self).count += 1

    @property
    def scale(self):
        return self._scale

    @scale.setter
    def scale(self, value):
        self._scale = value if value < 5 else 1

    def area(self):
        return 0

    def describe(self, prefix="", *, times=1):
        return (len(prefix) + self.area()) * times

    @classmethod
    def create(cls, *args):
        return cls(*args)

    @staticmethod
    def clamp(value, low=0, high=1000):
        return low if value < low else high if value > high else value


class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side

    def area(self):
        return self.side * self.side * self.scale


class Rect(Shape):
    def __init__(self, w, h):
        super().__init__("rect")
        self.w, self.h = w, h

    def area(self):
        return self.w * self.h * self.scale


class Bordered(Rect):
    def area(self):
        return super().area() + 2 * (self.w + self.h)

    def describe(self, prefix="", **kwargs):
        return 1 + super().describe(prefix + "b", **kwargs)


class Adder:
    def __init__(self, by):
        self.by = by

    def __call__(self, x):
        return x + self.by


def run(n):
    shapes = [Square.create(3), Rect.create(2, 5), Bordered.create(4, 1), Square(7)]
    add = Adder(3)
    total = 0
    for i in range(n):
        for shape in shapes:
            total += shape.area()
            shape.scale += 1
            total += shape.describe("ab", times=2)
            total = Shape.clamp(add(total) % 1009)
        bound = shapes[i & 3].area
        total += bound() + bound()
    return f"{total} {Square.count >= 2}"


if __name__ == "__main__":
    benchlib.main(run, 40000,
                  "1086 True")
