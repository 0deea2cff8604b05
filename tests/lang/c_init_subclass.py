# __init_subclass__, __class_getitem__, private names.
class Base:
    reg = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.reg.append(cls.__name__)
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k}]"
class A(Base, tag="a"): pass
class B(A): pass
print(Base.reg, A.tag, B.tag, A[int.__name__], B["q"])
try:
    class C(Base, nope=1): pass
except TypeError as e:
    print(e)
class P:
    __secret = 1
    def __hidden(self): return self.__secret
    def show(self): return self.__hidden()
class Q(P):
    __secret = 2
print(P().show(), Q().show(), P._P__secret, Q._Q__secret)
print(list[int], dict[str, int], isinstance([], list), int | None)
