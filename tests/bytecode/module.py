"""Module doc."""
x = 1
y: int = x
def f():
    global x
    x += 1
    return y
del y
for i in range(3):
    print(i)
