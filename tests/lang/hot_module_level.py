# A hot loop at module level that redefines names and functions.
total = 0
def f(x):
    return x + 1
kind = int
for i in range(2500):
    total += f(i)
    if i == 600:
        def f(x):
            return x * 2
    if i == 1200:
        class f:
            def __new__(cls, x):
                return x // 2
    if i == 1800:
        f = float
    if i == 2000:
        total = str(total)
        f = str
        break
print(total, i)
n = 0
while True:
    n += 1
    if n % 2:
        continue
    if n > 2000:
        break
    exec("n += 2")
print(n)
x = [0]
for x[0] in range(1500):
    pass
print(x)
