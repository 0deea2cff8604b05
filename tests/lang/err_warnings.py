# What the compiler warns of goes to standard error, with the line.
x = 1


def f():
    try:
        return x is 1
    finally:
        assert (x, "always")


print(f())
exec("print(x is not 'a')")
exec(compile("5()", "nowhere", "exec")) if not x else None
exec(compile("[1][1, 2]", __file__, "eval")) if not x else None
