# The recursion limit is met at the same depth by every engine.
def depth(n=0):
    try: return depth(n + 1)
    except RecursionError: return n
def down(n):
    return down(n + 1)
def count():
    def down(n):
        nonlocal most
        most = n
        return down(n + 1)
    most = 0
    try: down(0)
    except RecursionError: pass
    return most
print([depth() for i in range(8)])
print([count() for i in range(8)])
import sys
def r(n): return 0 if n == 0 else 1 + r(n - 1)
t = 0
for i in range(50): t += r(i)
sys.setrecursionlimit(200)
try:
    print(r(500))
except RecursionError as e: print(e)
sys.setrecursionlimit(1000)
try:
    print(r(5000))
except RecursionError as e: print(e)
print(r(900))
