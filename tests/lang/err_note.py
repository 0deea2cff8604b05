# An exception with notes.
try:
    raise ValueError("v")
except ValueError as e:
    e.add_note("first note")
    e.add_note("second\nnote")
    raise
