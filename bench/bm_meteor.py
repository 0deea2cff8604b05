# Meteor: fill a hexagonal board of 10 rows of 5 with ten five-cell pieces.
# Bit masks in ints of 50 bits, lists of masks, recursion, a generator.
import benchlib

WIDTH, HEIGHT = 5, 10
CELLS = WIDTH * HEIGHT
FULL = (1 << CELLS) - 1
E, SE, SW, W, NW, NE = range(6)

PIECES = [
    (E, E, E, SE),
    (SE, SW, W, SW),
    (W, W, SW, SE),
    (E, E, SW, SE),
    (NW, W, NW, SE, SW),
    (E, E, NE, W),
    (NW, NE, NE, W),
    (NE, SE, E, NE),
    (SE, SE, E, SE),
    (E, NW, NW, NW),
]


def step(x, y, direction):
    if direction == E:
        return x + 1, y
    if direction == W:
        return x - 1, y
    odd = y % 2
    if direction in (NE, SE):
        x += odd
    else:
        x -= 1 - odd
    return x, (y + 1 if direction in (SE, SW) else y - 1)


def orientations(piece):
    """All rotations of a piece and of its mirror image."""
    for mirrored in (False, True):
        path = [(5 - d) % 6 if mirrored else d for d in piece]
        for turn in range(6):
            yield tuple((d + turn) % 6 for d in path)


def cells_of(path, x, y):
    cells = {(x, y)}
    for d in path:
        x, y = step(x, y, d)
        cells.add((x, y))
    return cells


def mask_of(cells):
    mask = 0
    for x, y in cells:
        if not (0 <= x < WIDTH and 0 <= y < HEIGHT):
            return None
        mask |= 1 << (y * WIDTH + x)
    return mask


def neighbour_masks():
    table = []
    for i in range(CELLS):
        y, x = divmod(i, WIDTH)
        mask = 0
        for d in range(6):
            one = mask_of([step(x, y, d)])
            if one is not None:
                mask |= one
        table.append(mask)
    return table


NEAR = neighbour_masks()


def has_bad_hole(mask):
    """True if some empty region can not be filled with five-cell pieces."""
    free = FULL & ~mask
    while free:
        region = free & -free
        grown = 0
        while grown != region:
            grown = region
            todo = region
            while todo:
                bit = todo & -todo
                region |= NEAR[bit.bit_length() - 1] & free
                todo ^= bit
        if bin(region).count("1") % 5:
            return True
        free &= ~region
    return False


def placements(pieces):
    """table[piece][cell]: masks of that piece whose lowest cell is the cell."""
    table = []
    for piece in pieces:
        seen = set()
        by_cell = [[] for _ in range(CELLS)]
        for path in orientations(piece):
            for y in range(HEIGHT):
                for x in range(WIDTH):
                    cells = cells_of(path, x, y)
                    mask = mask_of(cells)
                    if mask is None or mask in seen:
                        continue
                    seen.add(mask)
                    if not has_bad_hole(mask):
                        lowest = (mask & -mask).bit_length() - 1
                        by_cell[lowest].append(mask)
        table.append([sorted(masks) for masks in by_cell])
    return table


class Solver:
    def __init__(self, table):
        self.table = table
        self.solutions = []
        self.nodes = 0

    def search(self, board, left, placed, limit):
        if len(self.solutions) >= limit:
            return
        self.nodes += 1
        if not left:
            self.solutions.append(self.render(placed))
            return
        hole = ~board
        cell = (hole & -hole).bit_length() - 1
        for piece in left:
            for mask in self.table[piece][cell]:
                if not board & mask:
                    grown = board | mask
                    if grown != FULL and has_bad_hole_near(grown, cell):
                        continue
                    rest = [p for p in left if p != piece]
                    self.search(grown, rest, placed + [(piece, mask)], limit)

    @staticmethod
    def render(placed):
        out = ["."] * CELLS
        for piece, mask in placed:
            for i in range(CELLS):
                if mask >> i & 1:
                    out[i] = str(piece)
        return "".join(out)


def has_bad_hole_near(board, cell):
    """The lowest empty cell with all its neighbours taken makes a dead end."""
    hole = ~board & FULL
    for _ in range(4):
        if not hole:
            return False
        bit = hole & -hole
        if not NEAR[bit.bit_length() - 1] & ~board:
            return True
        hole ^= bit
    return False


def run(n):
    if n == 0:                      # a quick look at the table only
        table = placements(PIECES[:1])
        return f"masks {sum(map(len, table[0]))} sum {sum(map(sum, table[0]))}"
    solver = Solver(placements(PIECES))
    solver.search(0, list(range(len(PIECES))), [], n)
    found = sorted(solver.solutions)
    assert all(len(s) == CELLS and "." not in s for s in found)
    return f"{len(found)} nodes {solver.nodes} {found[0] if found else ''} {found[-1] if found else ''}"


if __name__ == "__main__":
    benchlib.main(run, 50,
                  "50 nodes 21561 00001222012661126155865558633348893448934747977799 00004555045584411884191189999866777627376233362223")
