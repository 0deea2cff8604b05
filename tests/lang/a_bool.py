# Booleans, truth values, and, or, not.
print(True + True, True * 3, -True, True == 1, False == 0, isinstance(True, int))
print(True and 5, 0 and 5, "" or "x", [] or None, 1 or 1 / 0, 0 and 1 / 0)
print(not 0, not "a", not [], not not 3)
for v in (0, 1, -1, 0.0, -0.0, 0.1, "", "a", [], [0], (), (0,), {}, {0: 0}, None, 0j, b"", range(0), range(1)):
    print(repr(v), bool(v), "yes" if v else "no")
print(True & False, True | False, True ^ True, ~True == -2, True & 3)
print(1 if 0 else 2 if 0 else 3)
print(bool(), bool("False"), str(True), int(False), [True, False].index(1))
