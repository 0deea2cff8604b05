# finally and with run before the traceback is printed.
class CM:
    def __enter__(self):
        print("enter")

    def __exit__(self, t, v, tb):
        print("exit", t.__name__)


def f():
    try:
        with CM():
            raise LookupError("gone", 5)
    finally:
        print("finally")


f()
