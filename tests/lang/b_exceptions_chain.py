# Causes and contexts.
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("second") from e
except ValueError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        {}["k"]
    except KeyError:
        [][0]
except IndexError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        {}["k"]
    except KeyError:
        raise RuntimeError("x") from None
except RuntimeError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        raise ValueError(1)
    finally:
        raise TypeError(2)
except TypeError as e:
    print(repr(e), repr(e.__context__))
try:
    raise ValueError("a").with_traceback(None) from KeyError("b")
except ValueError as e:
    print(repr(e.__cause__), e.__traceback__ is not None)
e = ValueError("n")
e.add_note("note 1")
print(e.__notes__)
try:
    raise ValueError from 5
except TypeError as x:
    print(x)
import sys
print(sys.exc_info())
try:
    raise LookupError("l")
except LookupError:
    t, v, tb = sys.exc_info()
    print(t.__name__, v, tb is not None, tb.tb_lineno)
print(sys.exc_info())
