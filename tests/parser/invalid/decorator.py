@a
b = 1