def f():
    return *a, *b
break
