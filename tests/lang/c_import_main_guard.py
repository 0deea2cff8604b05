# __name__, module attributes and attribute changes of modules.
import math
import sys
print(__name__ == "__main__", sys.modules["__main__"].__name__, type(math).__name__)
math.extra = 5
print(math.extra, hasattr(math, "extra"))
del math.extra
from pkg import lazy
print(lazy.anything, lazy.x, sorted(n for n in dir(lazy) if not n.startswith("_")))
try:
    lazy.bad
except AttributeError as e:
    print(e)
def f():
    import pkg.alpha as a, pkg.beta
    return a.name(), pkg.beta.twice(2)
print(f())
m = type(sys)("made", "a doc")
m.x = 1
print(m.__name__, m.__doc__, m.x)
sys.modules["fake"] = m
import fake
print(fake is m)
