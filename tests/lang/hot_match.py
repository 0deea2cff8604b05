# match statements in a hot loop over changing subjects.
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def f(v):
    match v:
        case int(n) if n > 10: return n
        case 0 | 1: return 100
        case [a, b]: return a + b
        case {"k": k}: return k
        case P(0, y): return y
        case P(x=x): return -x
        case str(): return len(v)
        case None: return 7
        case _: return 1
subjects = [5, 50, 0, [1, 2], {"k": 9}, P(0, 3), P(4, 1), "text", None, 2.5, (3, 4), [1], {}]
t = 0
for i in range(3000):
    t = t * 3 % 1000003 + f(subjects[i % 13 if i > 1500 else i % 3])
print(t)
