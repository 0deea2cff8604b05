# SciMark Monte Carlo: pi by counting random points under an arc.  A lagged
# Fibonacci generator in a class: int state, attribute updates, list access.
import benchlib


class Random:
    MDIG = 32
    ONE = 1
    M1 = (ONE << (MDIG - 2)) + ((ONE << (MDIG - 2)) - ONE)
    M2 = ONE << MDIG // 2
    DM1 = 1.0 / float(M1)

    def __init__(self, seed):
        self.m = [0] * 17
        j_seed = min(abs(seed), self.M1)
        if j_seed % 2 == 0:
            j_seed -= 1
        k0, k1 = 9069 % self.M2, 9069 // self.M2
        j0, j1 = j_seed % self.M2, j_seed // self.M2
        for i in range(17):
            j_seed = j0 * k0
            j1 = (j_seed // self.M2 + j0 * k1 + j1 * k0) % (self.M2 // 2)
            j0 = j_seed % self.M2
            self.m[i] = j0 + self.M2 * j1
        self.i, self.j = 4, 16

    def next_double(self):
        i, j, m = self.i, self.j, self.m
        k = m[i] - m[j]
        if k < 0:
            k += self.M1
        m[j] = k
        self.i = i - 1 if i else 16
        self.j = j - 1 if j else 16
        return self.DM1 * k


def monte_carlo(samples):
    rng = Random(113)
    under = 0
    for _ in range(samples):
        x = rng.next_double()
        y = rng.next_double()
        if x * x + y * y <= 1.0:
            under += 1
    return under / samples * 4.0


def run(n):
    return "%.6f" % monte_carlo(n)


if __name__ == "__main__":
    benchlib.main(run, 250000,
                  "3.133568")
