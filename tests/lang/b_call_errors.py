# Wrong calls: messages of TypeError.
def f(a, b, c=1, *, d, e=2):
    return a
def g():
    pass
class C:
    def m(self, x):
        return x
one, none, text = 1, None, 'a'
calls = ["f()", "f(1)", "f(1, 2)", "f(1, 2, 3, 4, d=1)", "f(1, 2, d=1, z=3)", "f(1, 2, a=1, d=1)", "g(1)", "g(x=1)",
         "C(1)", "C().m()", "C().m(1, 2)", "C.m()", "one()", "none()", "text()", "len()", "len(1, 2)", "len(5)", "f(*1)", "f(**1)",
         "f(1, 2, d=1, **{'d': 2})", "int('1', 2, 3)", "f(1, 2, **{1: 2})", "[].append()", "{}.get()", "'a'.join()"]
for c in calls:
    try:
        print(c, eval(c))
    except TypeError as e:
        print(c, "->", e)
