def f(a, w):
    return f"{a}", f"x{a!r}y", f"{a:>{w}.2f}|{a!s:x}", f"", f"{a}{w}"
