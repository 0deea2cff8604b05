# raise SystemExit in a function, through except Exception.
def f():
    raise SystemExit(42)


try:
    f()
except Exception:
    print("not here")
