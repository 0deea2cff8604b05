# A module with __all__, imported by its package and with a star.
__all__ = ["public"]
_private = 1


def name():
    return __name__


def public():
    return "public"
