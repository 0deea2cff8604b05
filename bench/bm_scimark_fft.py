# SciMark FFT: in-place radix-2 complex transform of interleaved floats, there
# and back.  Float lists, index arithmetic, while loops.
import math

import benchlib


class Random:
    """The linear congruential generator of the other programs, as floats."""

    def __init__(self, seed):
        self.seed = seed % 139968

    def next_double(self):
        self.seed = (self.seed * 3877 + 29573) % 139968
        return self.seed / 139968


def int_log2(n):
    k, log = 1, 0
    while k < n:
        k *= 2
        log += 1
    if n != 1 << log:
        raise ValueError("FFT: length is not a power of 2: %d" % n)
    return log


def bit_reverse(data):
    n = len(data) // 2
    j = 0
    for i in range(n - 1):
        if i < j:
            ii, jj = 2 * i, 2 * j
            data[ii], data[jj] = data[jj], data[ii]
            data[ii + 1], data[jj + 1] = data[jj + 1], data[ii + 1]
        k = n >> 1
        while k <= j:
            j -= k
            k >>= 1
        j += k


def transform_internal(data, direction):
    n = len(data) // 2
    if n == 1:
        return
    log = int_log2(n)
    bit_reverse(data)
    dual = 1
    for _ in range(log):
        w_re, w_im = 1.0, 0.0
        theta = 2.0 * direction * math.pi / (2.0 * dual)
        s = math.sin(theta)
        t = math.sin(theta / 2.0)
        s2 = 2.0 * t * t
        for b in range(0, n, 2 * dual):
            i, j = 2 * b, 2 * (b + dual)
            wd_re, wd_im = data[j], data[j + 1]
            data[j] = data[i] - wd_re
            data[j + 1] = data[i + 1] - wd_im
            data[i] += wd_re
            data[i + 1] += wd_im
        for a in range(1, dual):
            w_re, w_im = w_re - s * w_im - s2 * w_re, w_im + s * w_re - s2 * w_im
            for b in range(0, n, 2 * dual):
                i, j = 2 * (b + a), 2 * (b + a + dual)
                z_re, z_im = data[j], data[j + 1]
                wd_re = w_re * z_re - w_im * z_im
                wd_im = w_re * z_im + w_im * z_re
                data[j] = data[i] - wd_re
                data[j + 1] = data[i + 1] - wd_im
                data[i] += wd_re
                data[i + 1] += wd_im
        dual *= 2


def transform(data):
    transform_internal(data, -1)


def inverse(data):
    transform_internal(data, +1)
    norm = 1.0 / (len(data) // 2)
    for i in range(len(data)):
        data[i] *= norm


def run(n):
    random = Random(7)
    data = [random.next_double() for _ in range(2 * 1024)]
    original = data[:]
    total = 0.0
    for _ in range(n):
        transform(data)
        total = sum(abs(x) for x in data)
        inverse(data)
    error = math.sqrt(sum((a - b) ** 2 for a, b in zip(data, original)) / len(data))
    assert error < 1e-9, error
    return "sum of magnitudes %.6f" % total


if __name__ == "__main__":
    benchlib.main(run, 50,
                  "sum of magnitudes 16092.497981")
