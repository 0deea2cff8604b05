try:
    pass
except *:
    pass