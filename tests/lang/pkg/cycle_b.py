# Two modules that import each other: imported by the first.
import pkg.cycle_a


def get():
    return "b" + pkg.cycle_a.own()
