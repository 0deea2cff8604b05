# Classes: attributes, methods, instances.
class Point:
    """A point."""
    dim = 2
    def __init__(self, x, y=0):
        self.x = x
        self.y = y
    def move(self, dx, dy):
        self.x += dx
        self.y += dy
        return self
    def __repr__(self):
        return f"Point({self.x}, {self.y})"
p = Point(1)
q = Point(3, 4)
print(p, q, p.move(1, 1).move(2, 2), p.dim, Point.dim, Point.__doc__, Point.__name__, p.__class__ is Point)
Point.dim = 3
p.dim = 9
q.z = 5
print(p.dim, q.dim, Point.dim, p.__dict__, q.__dict__, hasattr(p, "z"), getattr(q, "z"), getattr(p, "z", "none"))
del p.dim
print(p.dim)
setattr(p, "w", 1)
delattr(p, "w")
for f in (lambda: p.w, lambda: Point.nope, lambda: delattr(p, "w"), lambda: (1).foo, lambda: None.x, lambda: setattr(1, "a", 2), lambda: Point()):
    try:
        f()
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
m = p.move
print(m(0, 0) is p, Point.move(q, 1, 1), m.__self__ is p, m.__func__ is Point.move, m.__name__)
print(isinstance(p, Point), isinstance(p, object), type(p) is Point, isinstance(1, Point))
Point.norm = lambda self: self.x ** 2 + self.y ** 2
print(p.norm(), q.norm())
class Stack:
    def __init__(self):
        self._items = []
    def push(self, v):
        self._items.append(v)
    def pop(self):
        return self._items.pop()
    def __len__(self):
        return len(self._items)
    def __bool__(self):
        return bool(self._items)
s = Stack()
print(bool(s))
s.push(1); s.push(2)
print(len(s), s.pop(), len(s), bool(s))
