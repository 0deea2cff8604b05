# __index__, __int__, __float__, __complex__, __round__, __trunc__.
import math
class I:
    def __index__(self): return 3
class F:
    def __float__(self): return 2.5
class N:
    def __int__(self): return 9
    def __trunc__(self): return 8
    def __floor__(self): return 7
    def __ceil__(self): return 6
    def __round__(self, n=0): return ("r", n)
    def __complex__(self): return 1 + 2j
print([0, 1, 2, 3, 4][I()], "abcdef"[I():], range(I())[-1], bin(I()), int(I()), float(I()), [1] * I(), 1 << 2, chr(I() if False else 65))
print(float(F()), math.sqrt(F()), int(N()), math.trunc(N()), math.floor(N()), math.ceil(N()), round(N()), round(N(), 2), complex(N()), abs(complex(N())) > 2)
for f in (lambda: int(F()), lambda: [1][F()], lambda: float(N()), lambda: I() + 1, lambda: int([])):
    try:
        print(f())
    except TypeError as e:
        print(e)
class B:
    def __index__(self): return "x"
try:
    [1][B()]
except TypeError as e:
    print(e)
print((5).__add__(3), (5).__add__("a"), int.__mul__(3, 4), (2.5).__lt__(3), "a".__add__("b"), (7).real, (7).imag, (7).numerator, (7).denominator, (3).conjugate())
