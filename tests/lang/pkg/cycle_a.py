# Two modules that import each other: this one first.
from pkg import cycle_b


def both():
    return "a" + cycle_b.get()


def own():
    return "A"
