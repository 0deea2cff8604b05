# Multiple inheritance and the order of method resolution.
class O:
    def f(self):
        return ["O"]
class A(O):
    def f(self):
        return ["A"] + super().f()
class B(O):
    def f(self):
        return ["B"] + super().f()
class C(A, B):
    def f(self):
        return ["C"] + super().f()
class D(B):
    def f(self):
        return ["D"] + super().f()
class E(C, D):
    pass
print(C().f(), E().f(), [k.__name__ for k in E.__mro__])
class Mix:
    def extra(self):
        return "mix " + self.name
class N(Mix, A):
    name = "n"
print(N().extra(), N().f())
try:
    class Bad(O, A):
        pass
except TypeError as e:
    print(str(e).split("\n")[0])
try:
    class Bad2(int, str):
        pass
except TypeError as e:
    print(e)
try:
    class Bad3(bool):
        pass
except TypeError as e:
    print(e)
O.g = lambda self: "g of O"
print(E().g())
B.g = lambda self: "g of B"
print(E().g(), A().g())
