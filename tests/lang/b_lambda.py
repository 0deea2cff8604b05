# Lambdas.
f = lambda: 1
g = lambda x, y=2, *a, k=3, **kw: (x, y, a, k, kw)
print(f(), g(1), g(1, 5, 6, k=7, z=8), (lambda x: lambda y: x * y)(3)(4))
print(sorted("bca", key=lambda c: -ord(c)), list(map(lambda x: x ** 2, range(4))), f.__name__)
fact = lambda n: 1 if n <= 1 else n * fact(n - 1)
print(fact(20))
Y = lambda h: (lambda x: x(x))(lambda x: h(lambda *a: x(x)(*a)))
print(Y(lambda fib: lambda n: n if n < 2 else fib(n - 1) + fib(n - 2))(15))
ops = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
print(ops["+"](1, 2), ops["-"](5, 3))
