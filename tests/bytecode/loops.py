def f(n):
    s = 0
    i = 0
    while i < n:
        i += 1
        if i % 2:
            continue
        for j in range(i):
            if j == 3:
                break
            s += j
        else:
            s -= 1
    else:
        return s
    while True:
        s -= 1
        if s < 0:
            break
    return s
