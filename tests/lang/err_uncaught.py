# An exception nobody catches: traceback and exit status 1.
def a(x):
    return b(x) + 1


def b(x):
    return 10 // x


print("before")
print(a(0))
print("never")
