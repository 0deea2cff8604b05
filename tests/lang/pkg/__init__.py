# A small package for the import tests.
from .alpha import name as _name
VALUE = 42


def greet(who):
    return "hello " + who + " from " + _name()
