x = """abc
d