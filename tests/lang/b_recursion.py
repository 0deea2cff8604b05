# Recursion: trees, depth, RecursionError.
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(500))
def inf(n):
    return inf(n + 1)
try:
    inf(0)
except RecursionError as e:
    print(type(e).__name__, e)
print(depth(500))
class R:
    def __getattr__(self, n):
        return getattr(self, n + "x")
    def __eq__(self, o):
        return self == o
try:
    R() == 1
except RecursionError as e:
    print(str(e)[:32])
def ack(m, n):
    return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 5))
def subsets(l):
    return [[]] if not l else [s + t for s in ([], [l[0]]) for t in subsets(l[1:])]
print(subsets([1, 2, 3]))
import sys
print(sys.getrecursionlimit())
sys.setrecursionlimit(200)
def count(n=0):
    try:
        return count(n + 1)
    except RecursionError:
        return n
print(100 < count() < 200)
sys.setrecursionlimit(3000)
print(depth(2000))
