# __new__, singletons, immutable subclasses, copies of behaviour.
class A:
    def __new__(cls, *a):
        print("new", cls.__name__, a)
        return super().__new__(cls)
    def __init__(self, *a):
        print("init", a)
A(1, 2)
class B:
    def __new__(cls): return 5
    def __init__(self): print("never")
print(B())
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
t = T(1, 2, 3)
print(t, t.first, len(t), t[1:], isinstance(t, tuple), type(t[1:]).__name__)
class F(float):
    def __new__(cls, v): return super().__new__(cls, v * 2)
print(F(1.5), F(1.5) + 1, type(F(1) + 1).__name__)
class S:
    _i = None
    def __new__(cls):
        if cls._i is None: cls._i = object.__new__(cls)
        return cls._i
print(S() is S())
class C(A):
    def __init__(self): super().__init__("c")
C()
for f in (lambda: object(1), lambda: int.__new__(str), lambda: object.__new__(1)):
    try:
        f()
    except TypeError as e:
        print(e)
class R:
    def __init__(self): return 5
try:
    R()
except TypeError as e:
    print(e)
