# Names bound by except, with and for, and their deletion.
e = "outer"
try:
    raise ValueError
except ValueError as e:
    pass
try:
    print(e)
except NameError as x:
    print(x)
def f():
    try:
        1 / 0
    except ZeroDivisionError as q:
        del q
    try:
        return q
    except UnboundLocalError as u:
        return str(u)
print(f())
def g():
    for i in []:
        pass
    try:
        return i
    except UnboundLocalError as u:
        return str(u)
print(g())
def nested():
    r = []
    try:
        raise KeyError(1)
    except KeyError as a:
        try:
            raise IndexError(2)
        except IndexError as a:
            r.append(repr(a))
        try:
            r.append(repr(a))
        except UnboundLocalError:
            r.append("gone")
    return r
print(nested())
import sys
def h():
    try:
        raise ValueError("x")
    except ValueError:
        def inner():
            return sys.exc_info()[0].__name__
        r = inner()
        try:
            raise KeyError
        except KeyError:
            r += inner()
        return r + inner()
print(h(), sys.exc_info()[0])
