# Fannkuch: the most flips needed by any permutation of 1..n.
# Small int lists, slice assignment, nested while loops.
import benchlib


def fannkuch(n):
    perm1 = list(range(n))
    count = list(range(1, n + 1))
    max_flips = 0
    checksum = 0
    sign = 1
    while True:
        first = perm1[0]
        if first:
            perm = perm1[:]
            flips = 0
            while first:
                perm[:first + 1] = perm[first::-1]
                flips += 1
                first = perm[0]
            if flips > max_flips:
                max_flips = flips
            checksum += sign * flips
        # next permutation, alternating sign
        if sign == 1:
            perm1[0], perm1[1] = perm1[1], perm1[0]
            sign = -1
        else:
            perm1[1], perm1[2] = perm1[2], perm1[1]
            sign = 1
            for r in range(2, n):
                count[r] -= 1
                if count[r] != 0:
                    break
                count[r] = r + 1
                if r == n - 1:
                    return checksum, max_flips
                head = perm1[0]
                perm1[:r + 1] = perm1[1:r + 2]
                perm1[r + 1] = head


def run(n):
    checksum, flips = fannkuch(n)
    return "%d Pfannkuchen(%d) = %d" % (checksum, n, flips)


if __name__ == "__main__":
    benchlib.main(run, 9,
                  "8629 Pfannkuchen(9) = 30")
