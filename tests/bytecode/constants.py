def f():
    if 0:
        print("never")
    while 1:
        if __debug__:
            break
    x = (1, 2.5, ("a", b"b"), None, ..., 10 ** 30, -0.0, 0xffffffffffffffffffff)
    y = [1, 2, 3]
    z = {1, 2, 3}
    for i in [1, 2]:
        pass
    return x[1], "abc"[1], i in {1, 2}
