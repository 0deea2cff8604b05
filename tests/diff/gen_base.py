# gen_base.py - what all parts of the generator of random programs share: the
# helpers that a generated program begins with, constants, scopes, output and
# the style of a program.  See generate.py.
import random

HEADER = '''\
import sys


def show(tag, *values):
    print(tag, *[digest(v) for v in values])


def digest(v, depth=0):
    if isinstance(v, (bool, type(None))):
        return repr(v)
    if isinstance(v, int):
        return str(v) if -10 ** 40 < v < 10 ** 40 else "big%d" % (v % 1000000007)
    if isinstance(v, float):
        return repr(v)
    if isinstance(v, str):
        return repr(v) if len(v) < 60 else "str%d:%r" % (len(v), v[:20])
    if depth > 3:
        return type(v).__name__
    if isinstance(v, (list, tuple)):
        body = ",".join([digest(x, depth + 1) for x in v[:12]])
        return type(v).__name__ + str(len(v)) + "(" + body + ")"
    if isinstance(v, dict):
        body = ",".join([digest(k, depth + 1) + ":" + digest(x, depth + 1)
                         for k, x in list(v.items())[:12]])
        return "dict" + str(len(v)) + "(" + body + ")"
    if isinstance(v, (set, frozenset)):
        return "set" + str(len(v)) + "(" + ",".join(sorted(digest(x, depth + 1) for x in v)) + ")"
    return type(v).__name__


def clip(v):
    if isinstance(v, int):
        if not -LIMIT <= v <= LIMIT:
            return v % (LIMIT - 3)
    elif isinstance(v, float):
        if not -1e306 < v < 1e306:      # NaNs and infinities stay out of containers
            return 0.25
    elif isinstance(v, (str, list)) and len(v) > 60:
        return v[:30]
    return v


def clipf(v):
    if isinstance(v, int) and not -LIMIT <= v <= LIMIT:
        return v % (LIMIT - 3)
    return v


def whole(v):
    return int(v) if isinstance(v, int) or -1e18 < v < 1e18 else 5


def key(v):
    return v if v == v else "nan"


class Stop(Exception):
    pass


class Guard:
    def __init__(self, swallow):
        self.swallow = swallow
        self.count = 0

    def __enter__(self):
        self.count += 1
        return self.count

    def __exit__(self, kind, value, tb):
        if kind is not None:
            self.count += 100
        return self.swallow and kind is not None and issubclass(kind, Stop)


class Later:
    """Awaiting it suspends so many times."""
    def __init__(self, times):
        self.times = times

    def __await__(self):
        total = 0
        for step in range(self.times):
            total += (yield step) or 1
        return total

    async def __aenter__(self):
        return await Later(self.times % 2)

    async def __aexit__(self, kind, value, tb):
        await Later(1)
        return kind is not None and issubclass(kind, Stop)


def drive(coroutine):
    """Its result, and how often it was suspended."""
    times, sent = 0, None
    try:
        while True:
            sent = coroutine.send(sent)
            times += 1
            sent = times % 3 or None
    except StopIteration as exc:
        return clip((exc.value or 0) + times)


SHARED = compile("""
def here(a):
    global g
    g = clip(g + a)
    return g
def items(n):
    total = 0
    for i in range(n):
        total += len([i]) + g
    return clip(total)
""", "shared", "exec")
M1, M2 = type(sys)("m1"), type(sys)("m2")
D1 = {"g": 5, "clip": clip}
for space in (M1.__dict__, M2.__dict__, D1):
    space["g"] = len(space)
    space["clip"] = clip
    exec(SHARED, space)
M3 = type(sys)("m3")
M3.here = type(M1.here)(M1.here.__code__, M2.__dict__)
M3.items = D1["items"]


notes = {}


def note(exc):
    text = type(exc).__name__ + ': ' + str(exc)[:80]
    if len(notes) < 20 or text in notes:
        notes[text] = notes.get(text, 0) + 1


'''

EDGE_INTS = [0, 1, -1, 2, 3, 7, 10, 100, 255, 256, -5, 65535, 2 ** 30, 2 ** 31 - 1, 2 ** 31,
             -2 ** 31, -2 ** 31 - 1, 2 ** 32, 2 ** 49 - 1, 2 ** 49, -2 ** 49, 2 ** 50 - 1,
             2 ** 50, -2 ** 50, 2 ** 50 + 1, -2 ** 50 - 1, 2 ** 52, 2 ** 53 + 1, 2 ** 62,
             2 ** 63 - 1, 2 ** 63, -2 ** 63, -2 ** 63 - 1, 2 ** 64, 10 ** 25]
EDGE_FLOATS = ["0.0", "-0.0", "1.0", "0.5", "-1.5", "2.5", "1e10", "1e300", "-1e300", "5e-324",
               "3.0", "0.1", "float('nan')", "float('inf')", "float('-inf')", "4503599627370496.0"]
STRINGS = ["", "a", "ab", "hello", "xyz", "Zebra", "12", "é", "日本", "a b c", "0", "-", "😀x"]
NAMES = ["alpha", "beta", "gamma", "delta"]


class Style:
    """How wild a program is: one draw for the whole of it."""

    def __init__(self, r):
        # Share of the operations that may raise whose operands are made fit.
        # A program of which every pass raises at once tests little.
        self.guarded = r.choice([0.5, 0.9, 0.97, 1.0, 1.0])
        # Share of the expressions that have the wrong type.
        self.mistakes = r.choice([0, 0, 0, 0.002, 0.006])
        # Where clip() folds ints back.
        self.limit = r.choice([10 ** 6, 2 ** 31, 2 ** 31, 2 ** 49, 2 ** 50, 2 ** 50, 2 ** 62,
                               2 ** 63, 2 ** 63, 2 ** 90])
        # Share of the constants from EDGE_INTS.
        self.edges = r.choice([0.03, 0.1, 0.35])
        # What an int may become half-way through a loop.
        self.retype = r.choice(["int", "int", "number", "number", "any"])
        # Operators that floats do not have.
        self.bits = 1.0 if self.retype == "int" else 0.15
        # Hot loops: share of those with a try inside; statements; passes.
        self.try_inside = r.choice([0.1, 0.5, 0.9])
        self.statements = r.choice([2, 3, 5, 7])
        self.passes = r.choice([120, 400, 1200])


class Scope:
    """Names in reach, by type."""

    def __init__(self):
        self.by_type = {"int": [], "float": [], "str": [], "list": [], "dict": [], "obj": [],
                        "set": [], "fun": [], "any": []}
        self.functions = []     # (name, number of arguments)
        self.generators = []
        self.coroutines = []
        self.in_loop = 0
        self.module = False     # variables are globals
        self.in_function = False
        self.assignable = []    # (name, type) the scope may assign

    def child(self):
        c = Scope()
        c.by_type = {k: list(v) for k, v in self.by_type.items()}
        c.functions = list(self.functions)
        c.generators = list(self.generators)
        c.coroutines = list(self.coroutines)
        return c


class Base:
    def __init__(self, seed, size):
        self.r = random.Random(seed)
        self.style = Style(self.r)
        self.size = size
        self.lines = []
        self.indent = 0
        self.counter = 0
        self.classes = []
        self.budget = 0

    def emit(self, text=""):
        self.lines.append("    " * self.indent + text if text else "")

    def block(self, head):
        gen = self

        class Block:
            def __enter__(self):
                gen.emit(head)
                gen.indent += 1

            def __exit__(self, *args):
                gen.indent -= 1

        return Block()

    def fresh(self, prefix):
        self.counter += 1
        return f"{prefix}{self.counter}"

    def chance(self, p):
        return self.r.random() < p

    def guarded(self):
        return self.chance(self.style.guarded)

    def pick(self, *options):
        """Options are (weight, function or value)."""
        total = sum(w for w, _ in options)
        at = self.r.random() * total
        for w, f in options:
            at -= w
            if at < 0:
                return f
        return options[-1][1]
