# Spectral norm of an infinite matrix, by the power method.
# Function calls in comprehensions and generator expressions, float division.
import benchlib


def eval_a(i, j):
    ij = i + j
    return 1.0 / (ij * (ij + 1) // 2 + i + 1)


def times(v):
    return [sum(eval_a(i, j) * x for j, x in enumerate(v)) for i in range(len(v))]


def times_transposed(v):
    return [sum([eval_a(j, i) * x for j, x in enumerate(v)]) for i in range(len(v))]


def ata(v):
    return times_transposed(times(v))


def run(n):
    u = [1.0] * n
    v = u
    for _ in range(6):
        v = ata(u)
        u = ata(v)
    vbv = vv = 0.0
    for ue, ve in zip(u, v):
        vbv += ue * ve
        vv += ve * ve
    return "%.9f" % (vbv / vv) ** 0.5


if __name__ == "__main__":
    benchlib.main(run, 170,
                  "1.274223265")
