# match: literals, captures, guards, or-patterns.
def f(x):
    match x:
        case 0: return "zero"
        case 1 | 2 | 3: return "small"
        case -1: return "minus"
        case "a" | "b": return "letter"
        case None: return "none"
        case True: return "true?"
        case 2.5: return "float"
        case int() if x > 100: return "big int"
        case int(n): return f"int {n}"
        case str() as s: return f"str {s}"
        case b"x": return "bytes"
        case _: return "other"
for v in (0, 1, 3, -1, "a", "zz", None, True, False, 2.5, 500, 50, b"x", [], 1.0):
    print(repr(v), f(v))
def g(x):
    match x:
        case y if y < 0: return "neg"
        case y: return y
print(g(-5), g(7))
match 5:
    case 6: print("no")
print("done")
match = 3
case = 4
print(match + case)
