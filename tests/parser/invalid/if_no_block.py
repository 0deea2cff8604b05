if a:
pass