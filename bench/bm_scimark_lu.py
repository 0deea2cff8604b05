# SciMark LU: factorize a dense matrix with partial pivoting.  Lists of float
# lists, row aliases, nested loops.
import benchlib


def make_matrix(size):
    seed = 11
    rows = []
    for _ in range(size):
        row = []
        for _ in range(size):
            seed = (seed * 3877 + 29573) % 139968
            row.append(seed / 139968 - 0.5)
        rows.append(row)
    return rows


def factor(a, pivot):
    m, n = len(a), len(a[0])
    for j in range(min(m, n)):
        jp = j
        t = abs(a[j][j])
        for i in range(j + 1, m):
            ab = abs(a[i][j])
            if ab > t:
                jp, t = i, ab
        pivot[j] = jp
        if a[jp][j] == 0:
            raise ZeroDivisionError("factorization failed because of zero pivot")
        if jp != j:
            a[j], a[jp] = a[jp], a[j]
        if j < m - 1:
            recip = 1.0 / a[j][j]
            for k in range(j + 1, m):
                a[k][j] *= recip
        if j < min(m, n) - 1:
            row_j = a[j]
            for i in range(j + 1, m):
                row_i = a[i]
                factor_ij = row_i[j]
                for k in range(j + 1, n):
                    row_i[k] -= factor_ij * row_j[k]


def run(n):
    size = 50
    matrix = make_matrix(size)
    pivot = [0] * size
    lu = []
    for _ in range(n):
        lu = [row[:] for row in matrix]
        factor(lu, pivot)
    trace = sum(lu[i][i] for i in range(size)) if lu else 0.0
    return "trace %.8f pivots %d" % (trace, sum(i * p for i, p in enumerate(pivot)))


if __name__ == "__main__":
    benchlib.main(run, 90,
                  "trace 0.53929111 pivots 48669")
