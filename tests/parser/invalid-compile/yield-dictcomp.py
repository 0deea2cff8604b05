def f():
    return {1: (yield x) for x in y}
