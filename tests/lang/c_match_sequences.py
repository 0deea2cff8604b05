# match on sequences.
def f(x):
    match x:
        case []: return "empty"
        case [a]: return f"one {a}"
        case [1, b]: return f"1 and {b}"
        case (a, b) if a == b: return "same"
        case [a, [b, c]]: return f"nested {a}{b}{c}"
        case [a, b]: return f"two {a} {b}"
        case ["go", *rest]: return f"go {rest}"
        case [first, *_, last] if first == last: return "ends"
        case [_, _, *more]: return f"more {more}"
        case str(): return "str"
        case _: return "?"
for v in ([], [5], [1, 2], (3, 3), [4, [5, 6]], [4, 5], ["go", 1, 2], [7, 8, 7], [1, 2, 3, 4], "ab", {1}, 5, range(2), (), b"ab"):
    print(v, f(v))
def cmd(s):
    match s.split():
        case ["quit"]: return "bye"
        case ["move", ("n" | "s") as d, n]: return f"{d}{int(n)}"
        case ["say", *words]: return " ".join(words).upper()
        case _: return "unknown"
print([cmd(s) for s in ("quit", "move n 5", "move x 1", "say hi you", "")])
