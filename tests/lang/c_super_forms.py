# super() in all its forms.
class A:
    x = "A.x"
    def f(self): return "A.f"
    @classmethod
    def c(cls): return "A.c " + cls.__name__
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
class B(A):
    x = "B.x"
    def f(self): return super().f() + "|" + super(B, self).f() + "|" + super().x
    @classmethod
    def c(cls): return "B." + super().c()
    @property
    def p(self): return "B." + super().p
    def inner(self):
        def g(): return super(B, self).f()
        return g() + [super(B, self).f() for _ in range(1)][0]
    def cls(self): return __class__.__name__
class C(B): pass
c = C()
print(c.f(), C.c(), c.p, c.inner(), c.cls(), super(B, c).f(), super(C, C).c(), super(B, c).s())
try:
    super().x
except RuntimeError as e:
    print(e)
class E(A):
    def bad(self): return super().nope
try:
    E().bad()
except AttributeError as e:
    print(e)
try:
    super(B, 5).f
except TypeError as e:
    print(e)
print(type(super(B, c)).__name__)
