# Hexiom: place numbered tiles on a hexagon so that each tile has as many
# neighbours as its number says.  Constraint propagation with backtracking,
# lists, dicts, generators, small classes.
import benchlib

EMPTY = 7


class Hex:
    """The cells of a hexagonal board of the given side, by id and by place."""

    def __init__(self, side):
        self.side = side
        self.size = side * 2 - 1
        self.places = []
        self.by_place = {}
        for y in range(self.size):
            for x in range(self.size):
                if side - 1 <= x + y <= 3 * (side - 1):
                    self.by_place[x, y] = len(self.places)
                    self.places.append((x, y))
        self.count = len(self.places)
        self.links = [list(self.around(x, y)) for x, y in self.places]

    def around(self, x, y):
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)):
            cell = self.by_place.get((x + dx, y + dy))
            if cell is not None:
                yield cell


class Choices:
    """For each cell the list of tiles that may still go there."""

    def __init__(self, cells):
        self.cells = cells

    def clone(self):
        return Choices([c[:] for c in self.cells])

    def done(self, i):
        return len(self.cells[i]) == 1

    def set(self, i, v):
        self.cells[i] = [v]

    def remove(self, i, v):
        if v in self.cells[i]:
            self.cells[i].remove(v)
            return True
        return False

    def __getitem__(self, i):
        return self.cells[i]


class Contradiction(Exception):
    pass


class Puzzle:
    def __init__(self, hexagon, tiles):
        self.hex = hexagon
        self.tiles = tiles          # how many tiles of each number, EMPTY included
        self.steps = 0

    def start(self):
        cells = []
        for i in range(self.hex.count):
            most = len(self.hex.links[i])
            cells.append([v for v in range(8)
                          if self.tiles[v] and (v == EMPTY or v <= most)])
        return Choices(cells)

    def propagate(self, choices):
        changed = True
        while changed:
            changed = False
            left = self.tiles[:]
            for i in range(self.hex.count):
                if not choices[i]:
                    raise Contradiction(i)
                if choices.done(i):
                    left[choices[i][0]] -= 1
            for v in range(8):
                if left[v] < 0:
                    raise Contradiction(v)
                possible = 0
                for i in range(self.hex.count):
                    if not choices.done(i) and v in choices[i]:
                        if left[v] == 0:
                            choices.remove(i, v)
                            changed = True
                        else:
                            possible += 1
                if possible < left[v]:
                    raise Contradiction(v)
            for i in range(self.hex.count):
                filled = free = 0
                for j in self.hex.links[i]:
                    cell = choices[j]
                    if len(cell) == 1:
                        filled += cell[0] != EMPTY
                    elif EMPTY not in cell:
                        filled += 1
                    else:
                        free += 1
                if choices.done(i):
                    v = choices[i][0]
                    if v != EMPTY:
                        if not filled <= v <= filled + free:
                            raise Contradiction(i)
                        if free and v == filled:
                            for j in self.hex.links[i]:
                                if len(choices[j]) > 1 and EMPTY in choices[j]:
                                    choices.set(j, EMPTY)
                                    changed = True
                        elif free and v == filled + free:
                            for j in self.hex.links[i]:
                                if len(choices[j]) > 1 and choices.remove(j, EMPTY):
                                    changed = True
                else:
                    for v in choices[i][:]:
                        if v != EMPTY and not filled <= v <= filled + free:
                            choices.remove(i, v)
                            changed = True

    def pick(self, choices):
        best, size = -1, 99
        for i in range(self.hex.count):
            n = len(choices[i])
            if 1 < n < size:
                best, size = i, n
        return best

    def solve(self, choices):
        self.steps += 1
        try:
            self.propagate(choices)
        except Contradiction:
            return None
        cell = self.pick(choices)
        if cell < 0:
            return choices
        for v in choices[cell]:
            attempt = choices.clone()
            attempt.set(cell, v)
            found = self.solve(attempt)
            if found is not None:
                return found
        return None

    def render(self, choices):
        rows = []
        for y in range(self.hex.size):
            row = []
            for x in range(self.hex.size):
                i = self.hex.by_place.get((x, y))
                if i is not None:
                    v = choices[i][0]
                    row.append("." if v == EMPTY else str(v))
            rows.append("".join(row))
        return "/".join(rows)


def make_puzzle(side, seed):
    """Tiles counted from a random filling, so that a solution exists."""
    hexagon = Hex(side)
    filled = []
    for _ in range(hexagon.count):
        seed = (seed * 3877 + 29573) % 139968
        filled.append(seed % 100 < 62)
    tiles = [0] * 8
    for i, full in enumerate(filled):
        if full:
            tiles[sum(filled[j] for j in hexagon.links[i])] += 1
        else:
            tiles[EMPTY] += 1
    return Puzzle(hexagon, tiles)


def run(n):
    steps = 0
    check = 0
    last = ""
    for k in range(n):
        puzzle = make_puzzle(3, 17 + k * 101)
        solution = puzzle.solve(puzzle.start())
        assert solution is not None
        last = puzzle.render(solution)
        steps += puzzle.steps
        for ch in last:
            check = (check * 33 + ord(ch)) % 1000003
    return f"steps {steps} check {check} last {last}"


if __name__ == "__main__":
    benchlib.main(run, 40,
                  "steps 3284 check 560996 last 1.1/.33./24.32/43.2/2..")
