# Packages: relative imports, __init__, __all__, submodules.
import sys
import pkg
import pkg.alpha
import pkg.sub.deep as deep
from pkg import beta, VALUE, greet as hello
from pkg.alpha import *
from pkg.sub import deep as deep2
print(pkg.__name__, pkg.VALUE, VALUE, hello("x"), pkg.alpha.name(), beta.twice(4), public(), deep.where(), deep is deep2)
print("pkg.alpha" in sys.modules, "_private" in globals(), "public" in globals(), deep.__name__, deep.__package__, pkg.alpha.__name__)
try:
    import pkg.nothing
except ModuleNotFoundError as e:
    print(e, e.name)
try:
    from pkg import nothing
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0])
try:
    import pkg.broken
except ZeroDivisionError as e:
    print("broken", e, "pkg.broken" in sys.modules)
import pkg.counter, pkg.counter
from pkg import counter
counter.bump()
print(pkg.counter.n, counter.n, counter.loads)
m = __import__("pkg.alpha")
print(m is pkg)
import pkg.cycle_a
print(pkg.cycle_a.both())
