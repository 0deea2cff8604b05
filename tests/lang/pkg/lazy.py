# A module with a __getattr__ of its own.
x = 1


def __getattr__(name):
    if name == "bad":
        raise AttributeError("no such thing: " + name)
    return "lazy " + name
