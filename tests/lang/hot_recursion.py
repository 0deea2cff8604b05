# Hot recursive functions, and RecursionError once they are hot.
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
print(fib(18))
def down(n):
    if n == 0:
        return 0
    return down(n - 1) + 1
t = 0
for i in range(300):
    t += down(i % 100)
print(t)
for i in range(3):
    try:
        down(10 ** 6)
    except RecursionError as e:
        print(i, type(e).__name__)
print(down(800))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(sum(even(i % 50) for i in range(1000)))
def tree(d, f):
    return f(d) if d == 0 else tree(d - 1, f) + tree(d - 1, f)
print(tree(9, lambda d: 1), tree(9, lambda d: 0.5), tree(5, lambda d: "x"))
def fact(n, acc=1):
    return acc if n == 0 else fact(n - 1, acc * n)
print([fact(n) for n in (5, 12, 13, 20, 21, 25)] , sum(fact(i % 22) for i in range(1000)))
