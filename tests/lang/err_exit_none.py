# sys.exit without a value is status 0.
import sys
print("out")
sys.exit()
