# Recursive Fibonacci: plain function calls and small ints.
import benchlib


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def run(n):
    return fib(n)


if __name__ == "__main__":
    benchlib.main(run, 30,
                  832040)
