# Output to sys.stderr, status 0.
import sys
print("out")
print("err", file=sys.stderr)
sys.stderr.write("more\n")
