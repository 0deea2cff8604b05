# except* and exception groups.
def f(*excs):
    try:
        if excs:
            raise ExceptionGroup("g", list(excs))
    except* ValueError as e:
        print("V", e.exceptions, e.message)
    except* (TypeError, KeyError) as e:
        print("TK", e.exceptions)
    else:
        print("else")
    finally:
        print("fin")
f()
f(ValueError(1))
f(ValueError(1), TypeError(2), ValueError(3), KeyError(4))
try:
    f(ValueError(1), OSError(2))
except ExceptionGroup as e:
    print("left", repr(e))
try:
    raise ValueError("plain")
except* ValueError as e:
    print(repr(e))
n = ExceptionGroup("o", [ValueError(1), ExceptionGroup("i", [TypeError(2), ValueError(3)])])
m, r = n.split(ValueError)
print(repr(m), repr(r), repr(n.subgroup(lambda e: isinstance(e, TypeError))))
try:
    try:
        raise n
    except* TypeError:
        raise RuntimeError("new")
except ExceptionGroup as e:
    print(repr(e))
try:
    ExceptionGroup("x", [])
except ValueError as e:
    print(e)
print(str(n), n.derive([KeyError()]))
