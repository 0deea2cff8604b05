# Fasta: pseudo-random DNA sequences, weighted choice by bisection over a
# cumulative table, lines of 60 characters.  Strings, lists, a generator.
import benchlib

ALU = ("GGCCGGGCGCGGTGGCTCACGCCTGTAATCCCAGCACTTTGG"
       "GAGGCCGAGGCGGGCGGATCACCTGAGGTCAGGAGTTCGAGA"
       "CCAGCCTGGCCAACATGGTGAAACCCCGTCTCTACTAAAAAT"
       "ACAAAAATTAGCCGGGCGTGGTGGCGCGCGCCTGTAATCCCA")

IUB = {"a": 0.27, "c": 0.12, "g": 0.12, "t": 0.27, "B": 0.02, "D": 0.02,
       "H": 0.02, "K": 0.02, "M": 0.02, "N": 0.02, "R": 0.02, "S": 0.02,
       "V": 0.02, "W": 0.02, "Y": 0.02}

HOMO_SAPIENS = [("a", 0.3029549426680), ("c", 0.1979883004921),
                ("g", 0.1975473066391), ("t", 0.3015094502008)]

IM, IA, IC = 139968, 3877, 29573


class Random:
    def __init__(self, seed=42):
        self.seed = seed

    def __iter__(self):
        return self

    def __next__(self):
        self.seed = (self.seed * IA + IC) % IM
        return self.seed / IM


def cumulative(table):
    chars, probs, total = [], [], 0.0
    for char, p in table:
        total += p
        chars.append(char)
        probs.append(total)
    probs[-1] = 1.0
    return chars, probs


def bisect(values, x):
    low, high = 0, len(values)
    while low < high:
        mid = (low + high) // 2
        if values[mid] <= x:
            low = mid + 1
        else:
            high = mid
    return low


def repeat_lines(source, count, width=60):
    doubled = source + source[:width]
    at = 0
    while count > 0:
        size = min(width, count)
        yield doubled[at:at + size]
        at = (at + size) % len(source)
        count -= size


def random_lines(table, count, random, width=60):
    chars, probs = cumulative(table)
    while count > 0:
        size = min(width, count)
        yield "".join([chars[bisect(probs, next(random))] for _ in range(size)])
        count -= size


def fasta(n):
    random = Random()
    yield ">ONE Homo sapiens alu"
    yield from repeat_lines(ALU, n * 2)
    yield ">TWO IUB ambiguity codes"
    yield from random_lines(IUB.items(), n * 3, random)
    yield ">THREE Homo sapiens frequency"
    yield from random_lines(HOMO_SAPIENS, n * 5, random)


def run(n):
    lines = chars = check = 0
    last = ""
    for line in fasta(n):
        lines += 1
        chars += len(line)
        check = (check * 31 + ord(line[0]) * 7 + ord(line[-1]) + line.count("a")) % 1000003
        last = line
    return f"{lines} lines {chars} chars check {check} last {last[:20]}"


if __name__ == "__main__":
    benchlib.main(run, 30000,
                  "5003 lines 300074 chars check 1346 last gaacgtaacacagagagagt")
