def f(a, n):
    x = [i * n for i in a if i]
    y = {i: j for i in a for j in i}
    z = {k for i in a for k in [i + 1] if k}
    return (b for b in x), [c := i for i in y], z
