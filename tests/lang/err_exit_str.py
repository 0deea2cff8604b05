# sys.exit with a message goes to stderr, status 1.
import sys
print("out")
sys.exit("a message")
