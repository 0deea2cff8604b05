# Exceptions: __context__, __cause__, __suppress_context__ in all constellations.
def chain(e):
    out = []
    while e is not None and len(out) < 10:
        out.append(f"{type(e).__name__}({e})")
        if e.__cause__ is not None:
            out.append("cause")
            e = e.__cause__
        elif e.__context__ is not None:
            out.append("supp" if e.__suppress_context__ else "ctx")
            e = e.__context__
        else:
            e = None
    return out
def show(f):
    try:
        f()
    except BaseException as e:
        print(f.__name__, chain(e))
    else:
        print(f.__name__, "nothing")
def plain():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("v")
def cause():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("v") from e
def none():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("v") from None
def in_finally():
    try:
        1 / 0
    finally:
        raise ValueError("f")
def deep():
    try:
        try:
            raise KeyError("a")
        except KeyError:
            raise IndexError("b")
    except IndexError:
        try:
            raise AttributeError("c")
        finally:
            [][0]
def callee():
    def inner():
        raise TypeError("inner")
    try:
        raise OSError("outer")
    except OSError:
        inner()
def reraise_same():
    try:
        raise ValueError("x")
    except ValueError as e:
        raise e
def cycle():
    a = ValueError("a")
    try:
        raise a
    except ValueError:
        try:
            raise KeyError("b")
        except KeyError:
            raise a
def self_cause():
    e = ValueError("s")
    raise e from e
def class_cause():
    raise ValueError("x") from KeyError
def bad_cause():
    raise ValueError("x") from 5
def bad_raise():
    raise 5
def bad_class():
    raise int
def no_active():
    raise
def handled_gone():
    try:
        raise ValueError("first")
    except ValueError:
        pass
    raise KeyError("second")
def loop():
    for i in range(3):
        try:
            raise ValueError(i)
        except ValueError:
            if i == 2:
                raise KeyError("end")
            continue
def in_except_expr():
    try:
        raise ValueError("x")
    except undefined_name:
        pass
def in_with():
    class C:
        def __enter__(self): return self
        def __exit__(self, *a): raise KeyError("exit")
    with C():
        raise ValueError("body")
def in_gen():
    def g():
        try:
            yield 1
        except ValueError:
            raise KeyError("g")
    x = g()
    next(x)
    x.throw(ValueError("t"))
def gen_sees_callers():
    def g():
        yield 1
        raise KeyError("in gen")
    x = g()
    next(x)
    try:
        raise ValueError("callers")
    except ValueError:
        next(x)
def gen_bare_raise():
    def g():
        yield
        raise
    x = g()
    next(x)
    try:
        raise ValueError("callers")
    except ValueError:
        next(x)
def getattr_ctx():
    class C:
        def __getattr__(self, n):
            raise RuntimeError("ga " + n)
    try:
        raise ValueError("v")
    except ValueError:
        C().foo
def init_raises():
    class E(Exception):
        def __init__(self): raise ZeroDivisionError("init")
    raise E
def new_not_exc():
    class E(Exception):
        def __new__(cls): return 7
    raise E
def del_in_except():
    try:
        raise ValueError("a")
    except ValueError as e:
        del e
        e
def explicit():
    e = ValueError("e")
    e.__context__ = KeyError("k")
    raise e
def explicit_cause():
    e = ValueError("e")
    e.__cause__ = KeyError("k")
    print(e.__suppress_context__)
    raise e
for f in (plain, cause, none, in_finally, deep, callee, reraise_same, cycle, self_cause, class_cause, bad_cause,
          bad_raise, bad_class, no_active, handled_gone, loop, in_except_expr, in_with, in_gen, gen_sees_callers,
          gen_bare_raise, getattr_ctx, init_raises, new_not_exc, del_in_except, explicit, explicit_cause):
    show(f)
import sys
print(sys.exc_info())
try:
    raise ValueError(1)
except ValueError:
    print(sys.exc_info()[:2])
    try:
        raise KeyError(2)
    except KeyError:
        print(sys.exc_info()[:2])
    print(sys.exc_info()[:2])
    def g():
        print("gen", sys.exc_info()[:2])
        try:
            raise TypeError(3)
        except TypeError:
            yield sys.exc_info()[:2]
        print("after", sys.exc_info()[:2])
        yield sys.exc_info()[:2]
    x = g()
    print(next(x))
    print(sys.exc_info()[:2])
print(sys.exc_info())
print(next(x))
for attr, val in (("__cause__", 5), ("__context__", "x"), ("__traceback__", 3), ("args", 4), ("__suppress_context__", "a")):
    e = ValueError("z")
    try:
        setattr(e, attr, val)
    except TypeError as x:
        print(attr, x)
    else:
        print(attr, getattr(e, attr))
try:
    del e.__cause__
except TypeError as x:
    print(x)
e = ValueError(1, 2)
print(e.args, str(e), repr(e), e.with_traceback(None) is e, ValueError().args, str(ValueError()), repr(ValueError("a")), str(KeyError("k")), repr(KeyError("k", 2)), str(KeyError("k", 2)))
