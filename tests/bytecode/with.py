def f(a, b):
    with a as x, b:
        if x:
            return x
        for i in x:
            with i:
                continue
    return b
