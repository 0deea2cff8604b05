# match on mappings and classes.
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Q(P): pass
class K:
    RED = 1
    GREEN = "g"
def f(v):
    match v:
        case {"type": "a", "v": n}: return f"a {n}"
        case {"type": t, **rest}: return f"{t} {rest}"
        case {1: _, 2: [a, *_]}: return f"nums {a}"
        case {}: return "dict"
        case P(0, 0): return "origin"
        case P(x=0, y=n): return f"y {n}"
        case Q(a, b): return f"Q {a} {b}"
        case P(a, y=P(b, c)): return f"PP {a}{b}{c}"
        case P(a, b): return f"P {a} {b}"
        case K.RED: return "red"
        case K.GREEN: return "green"
        case [P(a, _), *_]: return f"list of P {a}"
        case float(z) | (complex() as z): return f"num {z}"
        case _: return "none"
for v in ({"type": "a", "v": 1}, {"type": "b", "z": 2}, {1: 0, 2: "xy"}, {1: 0, 2: [9]}, {}, P(0, 0), P(0, 5), Q(1, 2), P(1, P(2, 3)), P(3, 4), 1, "g", [P(8, 1)], 2.5, 1j, "zz"):
    print(f(v))
class N:
    pass
try:
    match N():
        case N(a): pass
except TypeError as e:
    print(e)
try:
    match P(1, 2):
        case P(a, b, c): pass
except TypeError as e:
    print(e)
