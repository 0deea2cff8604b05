# N queens by permutations: a recursive generator of permutations filtered
# with sets of diagonals.  Generators, generator expressions, sets, tuples.
import benchlib


def permutations(pool):
    """The permutations of a tuple in lexicographic order of the indices."""
    n = len(pool)
    indices = list(range(n))
    cycles = list(range(n, 0, -1))
    yield tuple(pool[i] for i in indices)
    while True:
        for i in reversed(range(n)):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                indices[i], indices[-j] = indices[-j], indices[i]
                yield tuple(pool[k] for k in indices)
                break
        else:
            return


def queens(n):
    cols = range(n)
    for vec in permutations(tuple(cols)):
        if n == len({vec[i] + i for i in cols}) == len({vec[i] - i for i in cols}):
            yield vec


def run(n):
    count = 0
    last = None
    for last in queens(n):
        count += 1
    return f"{count} solutions for {n}, last {last}"


if __name__ == "__main__":
    benchlib.main(run, 8,
                  "92 solutions for 8, last (7, 3, 0, 2, 5, 1, 6, 4)")
