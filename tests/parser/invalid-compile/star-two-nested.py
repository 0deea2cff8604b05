a, [*b, *c] = d
