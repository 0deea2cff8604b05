def f(a, i, j):
    a[i] = a[j]
    a[i:j] = a[:], a[::2], a[i, j], a[1:2, ...]
    a[i].b[j].c = 1
    return a[i][j]
