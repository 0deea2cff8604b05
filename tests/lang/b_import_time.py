# Modules sys and time: the parts everyone uses.
import sys, time
print(sys.version_info[:2], sys.version_info >= (3, 8), sys.maxsize == 2 ** 63 - 1, sys.byteorder, isinstance(sys.argv, list), len(sys.argv[:1]))
t = time.perf_counter()
u = time.time()
time.sleep(0.001)
print(time.perf_counter() > t, time.time() >= u, isinstance(time.monotonic(), float), u > 1e9)
sys.stdout.write("written\n")
print("to stdout", file=sys.stdout)
print("sys" in sys.modules, sys.modules["sys"] is sys, type(sys).__name__, sys.__name__, sys.getrecursionlimit() > 100)
from math import sqrt as root, pi
import math as m
print(root(16), pi == m.pi)
try:
    import no_such_module
except ImportError as e:
    print(type(e).__name__, e)
try:
    from math import nothing
except ImportError as e:
    print("cannot import name 'nothing'" in str(e))
