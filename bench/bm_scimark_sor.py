# SciMark SOR: successive over-relaxation on a grid.  An array class with
# __getitem__ and __setitem__ taking tuples, nested loops.
import benchlib


class Array2D:
    def __init__(self, width, height, data=None):
        self.width = width
        self.height = height
        self.data = [0.0] * (width * height)
        if data is not None:
            self.setup(data)

    def index(self, x, y):
        if 0 <= x < self.width and 0 <= y < self.height:
            return y * self.width + x
        raise IndexError((x, y))

    def __getitem__(self, xy):
        x, y = xy
        return self.data[self.index(x, y)]

    def __setitem__(self, xy, value):
        x, y = xy
        self.data[self.index(x, y)] = value

    def setup(self, data):
        for y in range(self.height):
            for x in range(self.width):
                self[x, y] = data[y][x]

    def indexes(self):
        for y in range(self.height):
            for x in range(self.width):
                yield x, y


def sor(omega, grid, iterations):
    over = omega * 0.25
    keep = 1.0 - omega
    for _ in range(iterations):
        for y in range(1, grid.height - 1):
            for x in range(1, grid.width - 1):
                grid[x, y] = (over * (grid[x, y - 1] + grid[x, y + 1]
                                      + grid[x - 1, y] + grid[x + 1, y])
                              + keep * grid[x, y])


def run(n):
    size = 50
    seed = 101
    rows = []
    for _ in range(size):
        row = []
        for _ in range(size):
            seed = (seed * 3877 + 29573) % 139968
            row.append(seed / 139968)
        rows.append(row)
    grid = Array2D(size, size, rows)
    sor(1.25, grid, n)
    return "%.10f" % sum(grid[xy] for xy in grid.indexes())


if __name__ == "__main__":
    benchlib.main(run, 50,
                  "1256.1262386151")
