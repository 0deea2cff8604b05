def f(x):
    for i in x:
        try:
            if i:
                continue
            if x:
                break
            return i
        finally:
            x = 1
    return x
