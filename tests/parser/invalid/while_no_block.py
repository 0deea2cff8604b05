while a:
pass