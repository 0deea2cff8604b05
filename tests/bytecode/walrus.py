def f(x, g):
    y = x + (x := 5)
    if (n := g(x)) > 10 and (m := n):
        return m
    a = [x, (x := 1), x]
    x[(x := 2)] = x
    return g(x, x := 1), (x := 3) + (x := 4), x < (x := 1) < x
