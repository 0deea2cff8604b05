# Mandelbrot: a bit picture of the set.  Complex arithmetic, nested loops,
# bit shifts into a bytearray.
import benchlib

LIMIT = 50


def row_bits(y, n):
    out = bytearray()
    ci = 2.0 * y / n - 1.0
    bits = 0
    for x in range(n):
        c = complex(2.0 * x / n - 1.5, ci)
        z = 0j
        inside = 1
        for _ in range(LIMIT):
            z = z * z + c
            if abs(z) > 2.0:
                inside = 0
                break
        bits = bits << 1 | inside
        if x % 8 == 7:
            out.append(bits)
            bits = 0
    if n % 8:
        out.append(bits << (8 - n % 8) & 0xFF)
    return out


def run(n):
    check = 0
    inside = 0
    for y in range(n):
        for byte in row_bits(y, n):
            check = (check * 257 + byte) % 1000003
            inside += bin(byte).count("1")
    return f"inside {inside} check {check}"


if __name__ == "__main__":
    benchlib.main(run, 280,
                  "inside 31091 check 590996")
