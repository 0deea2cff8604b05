# Slices of lists: reading, assigning, deleting.
a = list(range(10))
print(a[2:5], a[:3], a[7:], a[::3], a[::-1], a[8:2:-2], a[-3:], a[:-8], a[5:5], a[100:], a[-100:3])
a[2:4] = [20, 30, 40]
print(a)
a[:0] = ["x"]
print(a)
a[len(a):] = ["end"]
print(a)
a[3:6] = []
print(a)
a[::2] = [0] * len(a[::2])
print(a)
del a[1:3]
print(a)
del a[::2]
print(a)
a[1:1] = a
print(a)
a[:] = "abc"
print(a)
try:
    a[::2] = [1]
except ValueError as e:
    print(e)
del a[0], a[-1]
print(a)
b = list(range(6))
b[1:3], b[0] = [b[0]], 99
print(b, b[slice(1, 3)], slice(1, 2, 3), slice(None, 5).indices(3))
