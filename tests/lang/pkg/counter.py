# A module with state, to see that it is loaded once.
n = 0
loads = globals().get("loads", 0) + 1


def bump():
    global n
    n += 1
