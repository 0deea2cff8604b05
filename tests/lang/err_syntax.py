# A syntax error in the script.
print("never printed")
x = (1 +
def f():
    pass
