# Pidigits: a spigot for the digits of pi.  Integers of many thousand bits.
import benchlib


def digits_of_pi():
    """Gibbons' unbounded spigot, as a stream of linear fractional maps."""
    q, r, t, k = 1, 0, 1, 1
    while True:
        k2 = 2 * k + 1
        q, r, t = q * k, (2 * q + r) * k2, t * k2
        k += 1
        if q <= r:
            digit, rest = divmod(3 * q + r, t)
            if rest + q < t:
                yield digit
                q, r = 10 * q, 10 * (r - digit * t)


def run(n):
    lines = []
    row = ""
    for i, digit in enumerate(digits_of_pi(), 1):
        row += str(digit)
        if i % 10 == 0:
            lines.append(row)
            row = ""
        if i >= n:
            break
    if row:
        lines.append(row)
    check = 0
    for line in lines:
        check = (check * 101 + int(line)) % 1000003
    return f"{lines[0]} ... {lines[-1]} :{n} check {check}"


if __name__ == "__main__":
    benchlib.main(run, 2500,
                  "3141592653 ... 8174324112 :2500 check 996087")
