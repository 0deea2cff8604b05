# match in all forms.
def m(x):
    match x:
        case None: return "None"
        case True: return "True"
        case False: return "False"
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5 | 2.5: return "float"
        case 1 + 2j: return "complex"
        case "a" | "b" as s: return "str " + s
        case b"x": return "bytes"
        case []: return "empty"
        case [1]: return "one"
        case [1, 2, *rest] if len(rest) > 2: return f"long {rest}"
        case [1, 2, *_]: return "1 2 .."
        case (x, y) if x == y: return f"pair {x}"
        case [[a, b], *_, c]: return f"nested {a} {b} {c}"
        case [first, *mid, last]: return f"seq {first} {mid} {last}"
        case {"k": 1}: return "k1"
        case {"k": v, "j": [w, *_]}: return f"map {v} {w}"
        case {"k": str() as v, **rest}: return f"k str {v} {sorted(rest.items())}"
        case {}: return "some map"
        case int(n) if n > 100: return f"big {n}"
        case int() | float(): return "number"
        case str(s): return f"string {s}"
        case set() | frozenset(): return "set"
        case Point(x=0, y=0): return "origin"
        case Point(0, y): return f"on y {y}"
        case Point(x, y=Point() as p): return f"nested point {x}"
        case Point(x, y): return f"point {x} {y}"
        case Color.RED: return "red"
        case other if other is Ellipsis: return "ellipsis"
        case _: return "default"
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Color:
    RED = object()
class Sub(Point): pass
for v in (None, True, False, 0, -1, 1, 1.5, 2.5, 1 + 2j, "a", "b", "c", b"x", b"y", [], (), [1], [1, 2], [1, 2, 3], [1, 2, 3, 4, 5], (7, 7), [7, 8], [[1, 2], 3], [[1, 2], 3, 4], [1, 3, 5], {"k": 1}, {"k": 2, "j": [3]}, {"k": "s", "z": 1}, {"k": "s"}, {"q": 1}, {},
          101, 99, 3.25, {1}, frozenset(), Point(0, 0), Point(0, 3), Point(1, Point(2, 3)), Point(4, 5), Sub(0, 0), Color.RED, ..., object, bytearray(b"ab"), range(3), (i for i in [1])):
    print(m(v))
def err(x, n):
    try:
        match n:
            case 0:
                match x:
                    case Point(1, 2, 3): pass
            case 1:
                match x:
                    case Point(1, x=2): pass
            case 2:
                match x:
                    case int(1, 2): pass
            case 3:
                match x:
                    case NotAClass(): pass
            case 4:
                match x:
                    case Bad(1): pass
            case 5:
                match x:
                    case Bad2(1): pass
            case 6:
                match x:
                    case Undefined(): pass
            case 7:
                match x:
                    case {"a": 1, **r}: return r
        return "no match"
    except Exception as e:
        return f"{type(e).__name__} {e}"
NotAClass = 5
class Bad: __match_args__ = 5
class Bad2: __match_args__ = (5,)
class Raise:
    @property
    def x(self): raise ValueError("prop")
for x, n in ((Point(1, 2), 0), (Point(1, 2), 1), (1, 2), (1, 3), (Bad(), 4), (Bad2(), 5), (1, 6), ({"a": 1, "b": 2}, 7)):
    print(err(x, n))
match 5:
    case x if (y := x + 1) and y > 10: print("no")
    case x: print("bound", x, y)
match 1, 2:
    case a, b: print(a, b)
match [1, [2, [3, {"k": (4, 5)}]]]:
    case [a, [b, [c, {"k": (d, e)}]]]: print(a, b, c, d, e)
match {"a": {"b": [1, {"c": 2}]}}:
    case {"a": {"b": [_, {"c": c}]}}: print(c)
match "str":
    case [*_]: print("sequence?")
    case str(): print("str is no sequence")
class GetCount(dict):
    def get(self, k, d=None): print("get", k); return super().get(k, d)
    def __missing__(self, k): return "missing"
match GetCount(a=1):
    case {"z": _}: print("z")
    case {"a": 1}: print("a")
match = 5; case = 6; print(match, case, [match for case in range(2)])
def f(match): match(1); return match
print(f(lambda x: x)(7))
