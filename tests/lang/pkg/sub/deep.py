# A module that imports from the package above.
from .. import VALUE
from ..alpha import name


def where():
    return __name__, VALUE, name()
