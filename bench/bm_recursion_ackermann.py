# Ackermann, tak and mutual recursion: deep and wide call trees.
import benchlib


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def run(n):
    # ackermann(2, n) is 2n + 3, ackermann(3, n) is 2 ** (n + 3) - 3
    results = [ackermann(2, 10 * n), ackermann(3, n), tak(3 * n, 2 * n, n)]
    results.append(sum(is_even(i) for i in range(140 * n)))
    return " ".join(map(str, results))


if __name__ == "__main__":
    benchlib.main(run, 6,
                  "123 509 7 420")
