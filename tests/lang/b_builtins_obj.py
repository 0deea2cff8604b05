# getattr, setattr, hasattr, vars, dir, type, isinstance.
class A:
    x = 1
    def __init__(self): self.y = 2
    def m(self): pass
a = A()
print(getattr(a, "x"), getattr(a, "q", 5), hasattr(a, "y"), vars(a), sorted(n for n in dir(a) if n[0] != "_"))
setattr(a, "z", 3)
print(a.z, callable(a.m), callable(a.x), type(a) is A, type(a.m).__name__, type(A.m).__name__)
print(isinstance(a, (int, A)), isinstance(True, int | str), issubclass(A, object), issubclass(bool, (str, int)))
D = type("D", (A,), {"k": 9, "f": lambda self: self.k + self.x})
print(D().f(), D.__name__, D.__bases__ == (A,))
for f in (lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: getattr(a, "nope"), lambda: getattr(a, 5), lambda: vars(1), lambda: object().x):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
try:
    object().x = 1
except AttributeError as e:
    print(e)
def loc():
    p, q = 1, 2
    return sorted(locals().items())
print(loc(), object() == object(), type(type) is type, isinstance(type, object))
