# finally with return, break, continue and raise.
def a():
    try:
        return "try"
    finally:
        print("fin")
def b():
    try:
        return "try"
    finally:
        return "finally"
def c():
    for i in range(5):
        try:
            if i == 2:
                break
            continue
        finally:
            print("c", i)
    return i
def d():
    while True:
        try:
            1 / 0
        except ZeroDivisionError:
            break
        finally:
            print("d")
    return "out"
def e():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"
def f():
    x = 1
    try:
        return x
    finally:
        x = 2
def g():
    try:
        try:
            raise KeyError("in")
        finally:
            print("g1")
    except KeyError as k:
        print("g2", k)
        return "g"
    finally:
        print("g3")
def h():
    for i in range(3):
        for j in range(3):
            try:
                if j == 1:
                    break
                if i == 1:
                    continue
                print(i, j)
            finally:
                print("h", i, j)
    else:
        return "else"
def k():
    while True:
        try:
            return "x"
        finally:
            break
    return "after"
for fn in (a, b, c, d, e, f, g, h, k):
    print(fn.__name__, fn())
