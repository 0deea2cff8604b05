# Frames and line numbers in caught tracebacks.
import sys
def a(n):
    return b(n + 1)
def b(n):
    if n > 2:
        raise ValueError("deep")
    return a(n)
try:
    a(0)
except ValueError as e:
    tb = e.__traceback__
    while tb:
        f = tb.tb_frame
        print(f.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
def gen():
    yield 1
    1 / 0
try:
    list(gen())
except ZeroDivisionError as e:
    tb, names = e.__traceback__, []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)
def who():
    return sys._getframe(1).f_code.co_name, sys._getframe().f_lineno
def caller():
    return who()
print(caller(), caller.__code__.co_firstlineno, who.__code__.co_varnames)
try:
    (
        1 +
        undefined_thing
    )
except NameError as e:
    print(e.__traceback__.tb_lineno, e.name)
try:
    {}.missing
except AttributeError as e:
    print(e.name, e.obj)
