# Uncaught exception with a cause and a context.
def low():
    return {}["missing"]


def mid():
    try:
        low()
    except KeyError as e:
        raise ValueError("mid failed") from e


try:
    mid()
except ValueError:
    raise RuntimeError("top")
