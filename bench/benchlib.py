# benchlib.py - the command line shared by all the programs in this folder.
#
# Kept apart from the programs so that each of them is only its own work, and
# kept to sys and time so that a young implementation can run it.
#
#   bm_x.py             run the default work once, check it, print the result
#   bm_x.py N           run N units of work, print the result
#   bm_x.py --time K    run the default work K times, print "iter SECONDS" lines
import sys
import time


def check(result, expected):
    if expected is not None and result != expected:
        raise AssertionError("wrong result: %r, expected %r" % (result, expected))


def main(run, default_n, expected):
    args = sys.argv[1:]
    if args and args[0] == "--time":
        rounds = int(args[1])
        for _ in range(rounds):
            start = time.perf_counter()
            result = run(default_n)
            seconds = time.perf_counter() - start
            check(result, expected)
            print("iter %.6f" % seconds)
            sys.stdout.flush()
        return
    n = int(args[0]) if args else default_n
    result = run(n)
    if n == default_n:
        check(result, expected)
    print(result)
