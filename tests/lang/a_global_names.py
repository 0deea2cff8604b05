# Names at module level, globals(), shadowing of builtins.
x = 1
print("x" in globals(), globals()["x"])
globals()["y"] = 5
print(y)
def len(v):
    return "mine"
print(len([1, 2]))
del len
print(len([1, 2]))
print(__name__)
if True:
    z = 3
print(z)
for i in range(2):
    inside = i
print(inside, i)
try:
    print(undefined_name)
except NameError as e:
    print(e)
import builtins
print(builtins.len is len, builtins.len("abc"))
