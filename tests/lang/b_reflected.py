# Reflected operations and subclasses.
class A:
    def __init__(self, n): self.n = n
    def __add__(self, o): return f"A.add({self.n})"
    def __radd__(self, o): return f"A.radd({self.n})"
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): print("A.lt"); return NotImplemented
    def __gt__(self, o): print("A.gt"); return True
class B(A):
    def __radd__(self, o): return f"B.radd({self.n})"
print(A(1) + A(2), A(1) + B(2), B(1) + A(2), 5 + A(1), A(1) + 5, [] + A(3) if False else "skip")
print(A(1) == A(1), A(1) != A(1), A(1) < A(2))
try:
    1 < object()
except TypeError as e:
    print(e)
class N:
    def __add__(self, o): return NotImplemented
    def __iadd__(self, o): return NotImplemented
    def __mul__(self, o): return NotImplemented
class M:
    def __radd__(self, o): return "M.radd"
    def __rmul__(self, o): return "M.rmul"
x = N()
print(x + M(), x * M(), 3 * M(), [1] * M() if False else "", "a" + M() if False else "")
x += M()
print(x)
for f in (lambda: N() + 1, lambda: N() * "a"):
    try:
        f()
    except TypeError as e:
        print(e)
