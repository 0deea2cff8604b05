# Go: random games on a 9x9 board with captures and ko, scored by area, and a
# small tree search over them.  Object graphs, sets of liberties, recursion.
import benchlib

SIZE = 9
EMPTY, WHITE, BLACK = 0, 1, 2
NAMES = {EMPTY: ".", WHITE: "O", BLACK: "X"}
KOMI = 7.5
PASS = -1
MAX_MOVES = SIZE * SIZE * 2


class Rng:
    def __init__(self, seed):
        self.seed = seed % 139968

    def below(self, limit):
        self.seed = (self.seed * 3877 + 29573) % 139968
        return self.seed * limit // 139968


def other(color):
    return BLACK if color == WHITE else WHITE


def neighbour_table():
    table = []
    for pos in range(SIZE * SIZE):
        y, x = divmod(pos, SIZE)
        around = []
        for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            if 0 <= x + dx < SIZE and 0 <= y + dy < SIZE:
                around.append((y + dy) * SIZE + x + dx)
        table.append(around)
    return table


NEIGHBOURS = neighbour_table()


class Group:
    __slots__ = ("color", "stones", "liberties")

    def __init__(self, color, pos, liberties):
        self.color = color
        self.stones = [pos]
        self.liberties = liberties

    def merge(self, group, pos):
        self.stones.extend(group.stones)
        self.liberties |= group.liberties
        self.liberties.discard(pos)


class EmptySet:
    """The empty points, with constant time removal and random choice."""

    def __init__(self):
        self.points = list(range(SIZE * SIZE))
        self.index = list(range(SIZE * SIZE))

    def __len__(self):
        return len(self.points)

    def add(self, pos):
        self.index[pos] = len(self.points)
        self.points.append(pos)

    def remove(self, pos):
        at = self.index[pos]
        last = self.points[-1]
        self.points[at] = last
        self.index[last] = at
        self.points.pop()


class Board:
    def __init__(self):
        self.groups = [None] * (SIZE * SIZE)
        self.empty = EmptySet()
        self.color = BLACK
        self.ko = None
        self.passes = 0
        self.history = []
        self.captured = {WHITE: 0, BLACK: 0}

    @property
    def finished(self):
        return self.passes >= 2 or len(self.history) >= MAX_MOVES

    def is_legal(self, pos, color):
        if self.groups[pos] is not None or pos == self.ko:
            return False
        for n in NEIGHBOURS[pos]:
            group = self.groups[n]
            if group is None:
                return True
            if group.color == color:
                if len(group.liberties) > 1:
                    return True
            elif len(group.liberties) == 1:
                return True
        return False

    def is_eye(self, pos, color):
        for n in NEIGHBOURS[pos]:
            group = self.groups[n]
            if group is None or group.color != color or len(group.liberties) < 2:
                return False
        return True

    def capture(self, group):
        for pos in group.stones:
            self.groups[pos] = None
            self.empty.add(pos)
        for pos in group.stones:
            for n in NEIGHBOURS[pos]:
                near = self.groups[n]
                if near is not None:
                    near.liberties.add(pos)
        self.captured[group.color] += len(group.stones)

    def play(self, pos):
        color = self.color
        self.history.append(pos)
        self.color = other(color)
        self.ko = None
        if pos == PASS:
            self.passes += 1
            return
        self.passes = 0
        self.empty.remove(pos)
        mine = Group(color, pos, {n for n in NEIGHBOURS[pos] if self.groups[n] is None})
        self.groups[pos] = mine
        taken = []
        for n in NEIGHBOURS[pos]:
            group = self.groups[n]
            if group is None:
                continue
            group.liberties.discard(pos)
            if group.color == color:
                if group is not mine:
                    mine.merge(group, pos)
                    for stone in group.stones:
                        self.groups[stone] = mine
            elif not group.liberties:
                taken.append(group)
        for group in taken:
            if self.groups[group.stones[0]] is group:
                self.capture(group)
        if len(taken) == 1 and len(taken[0].stones) == 1 and len(mine.stones) == 1 \
                and len(mine.liberties) == 1:
            self.ko = taken[0].stones[0]

    def random_move(self, rng):
        points = self.empty.points
        count = len(points)
        if not count:
            return PASS
        start = rng.below(count)
        for i in range(count):
            pos = points[(start + i) % count]
            if not self.is_eye(pos, self.color) and self.is_legal(pos, self.color):
                return pos
        return PASS

    def playout(self, rng):
        while not self.finished:
            self.play(self.random_move(rng))

    def score(self, color):
        total = KOMI if color == WHITE else 0.0
        for pos in range(SIZE * SIZE):
            group = self.groups[pos]
            if group is not None:
                total += group.color == color
            else:
                near = {self.groups[n].color for n in NEIGHBOURS[pos] if self.groups[n]}
                if near == {color}:
                    total += 1
        return total

    def __str__(self):
        rows = []
        for y in range(SIZE):
            row = self.groups[y * SIZE:(y + 1) * SIZE]
            rows.append(" ".join(NAMES[g.color] if g else "." for g in row))
        return "\n".join(rows)


def best_move(moves, tries, seed):
    """The opening move, after the given moves, that wins most random games."""
    wins = {}
    stones = 0
    for i in range(tries):
        rng = Rng(seed + i * 977)
        board = Board()
        for m in moves:
            board.play(m)
        color = board.color
        first = board.random_move(rng)
        board.play(first)
        board.playout(rng)
        won, played = wins.get(first, (0, 0))
        good = board.score(color) > board.score(other(color))
        wins[first] = (won + good, played + 1)
        stones += len(board.history) + board.captured[BLACK]
    ranked = sorted(wins.items(), key=lambda kv: (-kv[1][0] / kv[1][1], kv[0]))
    return ranked[0][0], stones


def run(n):
    moves = []
    total = 0
    for turn in range(4):
        move, stones = best_move(moves, n, 1234 + turn * 31)
        moves.append(move)
        total = (total * 7 + stones) % 1000003
    return "moves %s check %d" % (" ".join(str(m) for m in moves), total)


if __name__ == "__main__":
    benchlib.main(run, 120,
                  "moves 14 1 5 7 check 299579")
