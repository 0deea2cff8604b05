def f(x):
    try:
        x()
    except ValueError as e:
        return e
    except (TypeError, OSError):
        pass
    except:
        raise
    else:
        x = 1
    raise X from x


def nothing_raises():
    x = 1
    try:
        return x
    except NameError as e:
        return str(e)
