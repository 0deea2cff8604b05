# raise, except, else, finally.
def f(n):
    try:
        print("try", n)
        if n == 1: raise ValueError("v")
        if n == 2: raise KeyError("k")
        if n == 3: return "ret"
        if n == 4: [][1]
    except ValueError as e:
        print("VE", e)
        return "handled"
    except (KeyError, TypeError) as e:
        print("KE", e, e.args, repr(e))
    else:
        print("else")
    finally:
        print("finally")
    return "end"
for i in range(4):
    print(f(i))
try:
    f(4)
except IndexError as e:
    print("outer", e)
class MyErr(Exception):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.a = a
class Sub(MyErr):
    pass
try:
    raise Sub(1, 2)
except MyErr as e:
    print(type(e).__name__, e, e.a, e.args, repr(e))
try:
    raise MyErr
except TypeError as e:
    print(e)
try:
    raise 5
except TypeError as e:
    print(e)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        print("re-raise")
        raise
except ArithmeticError as e:
    print("caught", e)
try:
    e
except NameError as x:
    print(x)
print(str(Exception()), str(Exception(1)), str(Exception(1, 2)), repr(Exception("a")), str(KeyError("a")), str(OSError(2, "msg")))
def g():
    for i in range(3):
        try:
            if i == 1:
                continue
            print("body", i)
        finally:
            print("fin", i)
g()
for bad in (lambda: int("x"), lambda: {}["a"], lambda: [][0], lambda: None.a, lambda: 1 + "a", lambda: undefined, lambda: 1 / 0, lambda: "a".encode("nope"), lambda: next(iter([])), lambda: chr(-1), lambda: [1, 2][float(1)]):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, "|", e, "|", [c.__name__ for c in type(e).__mro__][:-2])
