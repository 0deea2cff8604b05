# The global statement.
n = 0
def inc():
    global n, fresh
    n += 1
    fresh = n * 10
    return n
inc(); inc()
print(n, fresh)
def local():
    n = 100
    def inner():
        global n
        n = 55
    inner()
    return n
print(local(), n)
def bad():
    try:
        n += 1
    except UnboundLocalError as e:
        print(e)
    n = 0
bad()
def d():
    global fresh
    del fresh
d()
try:
    print(fresh)
except NameError as e:
    print(e)
class C:
    global in_class
    in_class = 3
print(in_class)
