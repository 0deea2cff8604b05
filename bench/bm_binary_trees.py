# Binary trees: allocate and walk many small trees.  Allocation, recursion,
# the garbage collector.
import benchlib

MIN_DEPTH = 4


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def make(depth):
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))


def run(n):
    top = max(MIN_DEPTH + 2, n)
    lines = [f"stretch {make(top + 1).check()}"]
    kept = make(top)
    for depth in range(MIN_DEPTH, top + 1, 2):
        rounds = 1 << (top - depth + MIN_DEPTH - 2)
        total = sum(make(depth).check() for _ in range(rounds))
        lines.append(f"{rounds} of {depth}: {total}")
    lines.append(f"kept {kept.check()}")
    return "; ".join(lines)


if __name__ == "__main__":
    benchlib.main(run, 14,
                  "stretch 65535; 4096 of 4: 126976; 1024 of 6: 130048; 256 of 8: 130816; 64 of 10: 131008; 16 of 12: 131056; 4 of 14: 131068; kept 32767")
