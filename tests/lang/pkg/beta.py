# A module that imports its sibling relatively.
from . import alpha
from .alpha import public


def twice(x):
    return x * 2, alpha.name(), public()
