def f(c):
    if c:
        x = 1
    print(x)
    print(x)
    del x
    for y in c:
        pass
    print(y)
    try:
        z = c()
    except E:
        print(z)
    print(z)
