# del of names, items and slices.
x = 1
del x
try:
    x
except NameError as e:
    print(e)
a = list(range(6))
del a[0], a[-1]
del a[1:3]
print(a)
d = {"a": 1, "b": 2}
del d["a"]
print(d)
p, q = 1, 2
del p, q
try:
    del d["zz"]
except KeyError as e:
    print("KeyError", e)
def f():
    y = 1
    del y
    try:
        return y
    except UnboundLocalError as e:
        return str(e)
print(f())
del (a), [d]
try:
    print(a)
except NameError as e:
    print(e)
