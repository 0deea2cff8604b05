# __str__, __repr__, __format__ and __bool__ of classes.
class A:
    def __repr__(self): return "<A>"
class B:
    def __str__(self): return "str B"
    def __repr__(self): return "repr B"
    def __format__(self, spec): return f"fmt[{spec}]"
print(A(), str(A()), [A()], f"{A()} {A()!s:>6}|", "%s %r" % (A(), A()))
print(B(), repr(B()), [B()], {"k": B()}, f"{B()} {B():x>5} {B()!r}", format(B(), "q"), "{:abc} {}".format(B(), B()))
class Bad:
    def __str__(self): return 5
    def __repr__(self): return None
for f in (str, repr):
    try:
        f(Bad())
    except TypeError as e:
        print(e)
class T:
    def __bool__(self): return "yes"
try:
    bool(T())
except TypeError as e:
    print(e)
print(int, type, A, len, A.__repr__(A()), type(A()).__qualname__)
class Out:
    class In:
        def m(self): pass
print(Out.In.__qualname__, Out.In.m.__qualname__, Out.In)
try:
    format(A(), "x")
except TypeError as e:
    print(e)
