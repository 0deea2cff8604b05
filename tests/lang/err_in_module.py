# An exception inside an imported module.
print("start")
import pkg.broken
