# An exception out of a generator and a comprehension.
def gen():
    yield 1
    raise OSError(5, "broken")


print([x * 2 for x in gen()])
