assert (x, 'msg')
assert ()
assert (1, 2)
