# An uncaught exception group.
def g():
    raise ExceptionGroup("several", [ValueError(1), ExceptionGroup("inner", [TypeError("t")])])


g()
