# SciMark sparse: multiply a sparse matrix in compressed rows by a vector.
# Indirect indexing, float accumulation in local variables.
import benchlib


def make_sparse(n, nonzeros):
    per_row = nonzeros // n
    values, columns, rows = [], [], [0]
    seed = 77
    for r in range(n):
        step = max(1, r // per_row)
        for i in range(per_row):
            seed = (seed * 3877 + 29573) % 139968
            columns.append(i * step % n)
            values.append(seed / 139968)
        rows.append(len(values))
    return values, columns, rows


def multiply(y, values, rows, columns, x, rounds):
    for _ in range(rounds):
        for r in range(len(y)):
            total = 0.0
            for i in range(rows[r], rows[r + 1]):
                total += x[columns[i]] * values[i]
            y[r] = total


def run(n):
    size, nonzeros = 1000, 50000
    if n < 5:
        size, nonzeros = 200, 4000
    values, columns, rows = make_sparse(size, nonzeros)
    x = [((i * 37) % 101) / 101 for i in range(size)]
    y = [0.0] * size
    multiply(y, values, rows, columns, x, n)
    return "%.9f %.9f" % (sum(y), y[size // 2])


if __name__ == "__main__":
    benchlib.main(run, 50,
                  "12570.183768595 14.422061464")
