#!/usr/bin/python3.11
# generate.py - prints a random Python program made from a seed.
#
#   generate.py SEED [--size N] > prog.py
#
# The program always ends, prints checksums along the way, and depends on
# nothing but the language: no hash seeds, no addresses, no time.  It is built
# from expressions that mostly have the types they need, so that it does real
# work, with the changes a tracing compiler has to survive mixed in: types that
# change half-way through a loop, classes and globals rebound, exceptions,
# generators, containers changed while iterated, ints growing past 31, 50 and
# 63 bits.  Exceptions that do happen are caught and printed.
import argparse
import random

HEADER = '''\
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
    if isinstance(v, int) and not -(1 << 90) < v < (1 << 90):
        return v % ((1 << 61) - 1)
    if isinstance(v, (str, list)) and len(v) > 200:
        return v[:100]
    return v


class Stop(Exception):
    pass


'''

EDGE_INTS = [0, 1, -1, 2, 3, 7, 10, 100, 255, 256, -5, 65535, 2 ** 30, 2 ** 31 - 1, 2 ** 31,
             -2 ** 31, -2 ** 31 - 1, 2 ** 32, 2 ** 49 - 1, 2 ** 49, -2 ** 49, 2 ** 50 - 1,
             2 ** 50, -2 ** 50, 2 ** 50 + 1, -2 ** 50 - 1, 2 ** 52, 2 ** 53 + 1, 2 ** 62,
             2 ** 63 - 1, 2 ** 63, -2 ** 63, -2 ** 63 - 1, 2 ** 64, 10 ** 25]
EDGE_FLOATS = ["0.0", "-0.0", "1.0", "0.5", "-1.5", "2.5", "1e10", "1e300", "-1e300", "5e-324",
               "3.0", "0.1", "float('nan')", "float('inf')", "float('-inf')", "4503599627370496.0"]
STRINGS = ["", "a", "ab", "hello", "xyz", "Zebra", "12", "é", "日本", "a b c", "0", "-", "😀x"]
NAMES = ["alpha", "beta", "gamma", "delta"]


class Scope:
    """Names in reach, by type."""

    def __init__(self):
        self.by_type = {"int": [], "float": [], "str": [], "list": [], "dict": [], "obj": [],
                        "any": []}
        self.functions = []     # (name, number of arguments, result type)
        self.generators = []
        self.in_loop = 0
        self.in_function = False
        self.assignable = []    # (name, type) the scope may assign
        self.depth = 0

    def child(self):
        c = Scope()
        c.by_type = {k: list(v) for k, v in self.by_type.items()}
        c.functions = list(self.functions)
        c.generators = list(self.generators)
        c.depth = self.depth + 1
        return c


class Generator:
    def __init__(self, seed, size):
        self.r = random.Random(seed)
        self.size = size
        self.lines = []
        self.indent = 0
        self.counter = 0
        self.classes = []
        self.budget = 0

    # -- output ---------------------------------------------------------
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

    def pick(self, *options):
        """Options are (weight, function or value)."""
        total = sum(w for w, _ in options)
        at = self.r.random() * total
        for w, f in options:
            at -= w
            if at < 0:
                return f
        return options[-1][1]

    # -- expressions ----------------------------------------------------
    def expr(self, s, kind, depth=2):
        if kind == "any":
            kind = self.r.choice(["int", "int", "float", "str", "list"])
        if self.chance(0.006):      # the wrong type, now and then
            kind = self.r.choice(["int", "float", "str", "list"])
        return getattr(self, "expr_" + kind)(s, depth)

    def name(self, s, kind):
        names = s.by_type[kind]
        return self.r.choice(names) if names else None

    def const_int(self):
        if self.chance(0.65):
            return str(self.r.randint(-4, 30))
        v = self.r.choice(EDGE_INTS) + self.r.choice([0, 0, 0, 1, -1])
        return str(v) if v >= 0 else f"({v})"

    def small(self, s):
        names = s.by_type["int"]
        if names and self.chance(0.7):
            return f"({self.r.choice(names)} % {self.r.randint(2, 9)})"
        return str(self.r.randint(0, 6))

    def expr_int(self, s, depth):
        r = self.r
        if depth <= 0:
            n = self.name(s, "int")
            return n if n and self.chance(0.75) else self.const_int()

        def binary():
            op = r.choice(["+", "+", "+", "-", "-", "*", "&", "|", "^"])
            return f"({self.expr(s, 'int', depth - 1)} {op} {self.expr(s, 'int', depth - 1)})"

        def divide():
            op = r.choice(["//", "%", "%"])
            d = str(r.choice([2, 3, 7, -3, 10, 97, 1000, 65536, 2 ** 31, -2 ** 33, 2 ** 50]))
            if self.chance(0.12):
                d = self.expr(s, "int", depth - 1)
            return f"({self.expr(s, 'int', depth - 1)} {op} {d})" if d[0] != "-" else \
                f"({self.expr(s, 'int', depth - 1)} {op} ({d}))"

        def shift():
            if self.chance(0.5):
                return f"({self.expr(s, 'int', depth - 1)} << {r.randint(0, 20)})"
            return f"({self.expr(s, 'int', depth - 1)} >> {r.randint(0, 40)})"

        def unary():
            return f"({r.choice(['-', '~', '+'])}{self.expr(s, 'int', depth - 1)})"

        def conditional():
            return (f"({self.expr(s, 'int', depth - 1)} if {self.cond(s, depth - 1)} "
                    f"else {self.expr(s, 'int', depth - 1)})")

        def length():
            kind = r.choice(["list", "str", "dict"])
            return f"len({self.expr(s, kind, depth - 1)})"

        def item():
            n = self.name(s, "list")
            if n is None:
                return binary()
            if self.chance(0.85):
                return f"({n}[{self.small(s)} % len({n})] if {n} else 0)"
            return f"{n}[{self.small(s)}]"

        def lookup():
            n = self.name(s, "dict")
            if n is None:
                return binary()
            if self.chance(0.8):
                return f"{n}.get({self.key(s)}, {self.const_int()})"
            return f"{n}[{self.key(s)}]"

        def attribute():
            n = self.name(s, "obj")
            if n is None:
                return binary()
            return f"{n}.{r.choice(['n', 'n', 'm', 'twice', 'level'])}"

        def method():
            n = self.name(s, "obj")
            if n is None:
                return binary()
            return f"{n}.{r.choice(['step', 'mix', 'step'])}({self.expr(s, 'int', depth - 1)})"

        def call():
            fs = [f for f in s.functions if f[2] == "int"]
            if not fs or s.in_loop > 1:
                return binary()
            f, n, _ = r.choice(fs)
            return f"{f}({', '.join(self.expr(s, 'int', depth - 1) for _ in range(n))})"

        def builtin():
            return r.choice([
                lambda: f"abs({self.expr(s, 'int', depth - 1)})",
                lambda: f"min({self.expr(s, 'int', depth - 1)}, {self.expr(s, 'int', depth - 1)})",
                lambda: f"max({self.expr(s, 'int', depth - 1)}, {self.expr(s, 'int', depth - 1)})",
                lambda: f"int({self.cond(s, depth - 1)})",
                lambda: f"({self.expr(s, 'int', depth - 1)}).bit_length()",
                lambda: f"sum([x % 7 for x in range({self.small(s)})])",
                lambda: f"pow({self.expr(s, 'int', depth - 1)}, {r.randint(0, 3)}, 1000003)",
                lambda: f"divmod({self.expr(s, 'int', depth - 1)}, {r.choice([3, 7, 1000])})[{r.randint(0, 1)}]",
                lambda: f"ord(({self.expr(s, 'str', depth - 1)} + 'q')[0])",
                lambda: f"hash({self.expr(s, 'int', depth - 1)})",
                lambda: f"int({self.expr(s, 'float', depth - 1)})",
                lambda: f"{self.expr(s, 'str', depth - 1)}.count('a')",
            ])()

        return self.pick((6, binary), (2.5, divide), (1.5, shift), (0.8, unary), (1.2, conditional),
                         (0.7, length), (1.8, item), (0.9, lookup), (1.5, attribute), (1.5, method),
                         (1.8, call), (1.5, builtin), (3, lambda: self.expr_int(s, 0)))()

    def expr_float(self, s, depth):
        r = self.r
        if depth <= 0:
            n = self.name(s, "float")
            return n if n and self.chance(0.7) else r.choice(EDGE_FLOATS)

        def binary():
            op = r.choice(["+", "-", "*", "+", "-"])
            other = "int" if self.chance(0.25) else "float"
            return f"({self.expr(s, 'float', depth - 1)} {op} {self.expr(s, other, depth - 1)})"

        def divide():
            d = r.choice(["2", "3.0", "-0.5", "1e5", "7"]) if self.chance(0.8) else \
                self.expr(s, "float", depth - 1)
            return f"({self.expr(s, r.choice(['int', 'float']), depth - 1)} {r.choice(['/', '/', '//', '%'])} ({d}))"

        def other():
            return r.choice([
                lambda: f"float({self.expr(s, 'int', depth - 1)})",
                lambda: f"abs({self.expr(s, 'float', depth - 1)})",
                lambda: f"(-{self.expr(s, 'float', depth - 1)})",
                lambda: f"round({self.expr(s, 'float', depth - 1)}, {r.randint(0, 3)})",
                lambda: f"({self.expr(s, 'float', depth - 1)} if {self.cond(s, depth - 1)} else {self.expr(s, 'float', depth - 1)})",
                lambda: f"({self.expr(s, 'int', depth - 1)} / {r.choice([2, 3, 8, 10])})",
            ])()

        return self.pick((4, binary), (2, divide), (2, other), (2, lambda: self.expr_float(s, 0)))()

    def expr_str(self, s, depth):
        r = self.r
        if depth <= 0:
            n = self.name(s, "str")
            return n if n and self.chance(0.7) else repr(r.choice(STRINGS))
        return r.choice([
            lambda: f"({self.expr(s, 'str', depth - 1)} + {self.expr(s, 'str', depth - 1)})",
            lambda: f"{self.expr(s, 'str', depth - 1)}[{self.bound()}:{self.bound()}]",
            lambda: f"{self.expr(s, 'str', depth - 1)}[::{r.choice([-1, 2, -2])}]",
            lambda: f"str({self.expr(s, r.choice(['int', 'int', 'float']), depth - 1)})",
            lambda: f"f'{{{self.name(s, 'int') or 5}}}:{{{self.name(s, 'float') or 2.5}}}'",
            lambda: f"('%d-%s' % ({self.expr(s, 'int', 0)}, {self.expr(s, 'str', 0)}))",
            lambda: f"{self.expr(s, 'str', depth - 1)}.{r.choice(['upper', 'lower', 'strip', 'title', 'swapcase'])}()",
            lambda: f"{self.expr(s, 'str', depth - 1)}.replace({r.choice(STRINGS[1:4])!r}, {r.choice(STRINGS)!r})",
            lambda: f"({self.expr(s, 'str', depth - 1)} * {self.small(s)})",
            lambda: f"'{r.choice(',- ')}'.join([str(x) for x in {self.expr(s, 'list', 0)}])",
            lambda: f"chr({r.randint(60, 120)} + {self.small(s)})",
            lambda: f"format({self.expr(s, 'int', 0)}, {r.choice(['x', ',', '+d', '>12', '08d', 'b'])!r})",
            lambda: self.expr_str(s, 0),
        ])()

    def expr_list(self, s, depth):
        r = self.r
        if depth <= 0:
            n = self.name(s, "list")
            if n and self.chance(0.75):
                return n
            return "[" + ", ".join(self.const_int() for _ in range(r.randint(0, 4))) + "]"
        return r.choice([
            lambda: f"({self.expr(s, 'list', depth - 1)} + {self.expr(s, 'list', depth - 1)})",
            lambda: f"{self.expr(s, 'list', depth - 1)}[{self.bound()}:{self.bound()}]",
            lambda: f"{self.expr(s, 'list', depth - 1)}[::-1]",
            lambda: f"[x {r.choice(['+ 1', '* 2', '- 3', '^ 5'])} for x in {self.expr(s, 'list', depth - 1)}]",
            lambda: f"[x for x in range({self.small(s)}) if x {r.choice(['% 2', '> 2', '!= 1'])}]",
            lambda: f"sorted({self.expr(s, 'list', depth - 1)}, key=lambda x: {r.choice(['-x', 'x % 5', 'str(x)', 'x'])})",
            lambda: f"list(range({self.small(s)}))",
            lambda: f"list(map(lambda x: x {r.choice(['+', '-', '*'])} {self.expr(s, 'int', 0)}, {self.expr(s, 'list', 0)}))",
            lambda: f"[*{self.expr(s, 'list', 0)}, {self.expr(s, 'int', 1)}]",
            lambda: self.expr_list(s, 0),
        ])()

    def expr_dict(self, s, depth):
        n = self.name(s, "dict")
        if n and self.chance(0.8):
            return n
        return "{" + ", ".join(f"{self.r.choice(NAMES)!r}: {self.expr(s, 'int', 0)}"
                               for _ in range(self.r.randint(0, 3))) + "}"

    def expr_obj(self, s, depth):
        n = self.name(s, "obj")
        if n and self.chance(0.6):
            return n
        return f"{self.r.choice(self.classes)}({self.expr(s, 'int', 1)})"

    def key(self, s):
        if self.chance(0.5):
            return repr(self.r.choice(NAMES))
        return self.small(s)

    def bound(self):
        return self.r.choice(["", "1", "-1", "2", "-3", "5", ""])

    def cond(self, s, depth):
        r = self.r
        return r.choice([
            lambda: f"{self.expr(s, 'int', depth)} {r.choice(['<', '>', '<=', '>=', '==', '!='])} {self.expr(s, 'int', depth)}",
            lambda: f"{self.expr(s, 'int', depth)} % {r.randint(2, 7)} == {r.randint(0, 2)}",
            lambda: f"{self.expr(s, 'float', depth)} {r.choice(['<', '>', '<=', '==', '!='])} {self.expr(s, 'float', depth)}",
            lambda: f"{self.expr(s, 'str', 0)} {r.choice(['<', '==', 'in', 'not in'])} {self.expr(s, 'str', 0)}",
            lambda: f"{self.expr(s, 'int', 0)} in {self.expr(s, 'list', 0)}",
            lambda: f"not {self.expr(s, r.choice(['int', 'float', 'str', 'list']), 0)}",
            lambda: f"{self.key(s)} in {self.expr(s, 'dict', 0)}",
            lambda: f"0 <= {self.expr(s, 'int', 0)} < {self.const_int()}",
            lambda: f"isinstance({self.expr(s, 'int', 0)}, {r.choice(['int', 'float', '(int, str)'])})",
            lambda: f"({self.expr(s, 'int', 0)} {r.choice(['and', 'or'])} {self.expr(s, 'float', 0)})",
        ])()

    # -- statements -----------------------------------------------------
    def assign(self, s):
        targets = s.assignable
        if not targets:
            return self.emit("pass")
        name, kind = self.r.choice(targets)
        if kind == "int" and self.chance(0.5):
            op = self.r.choice(["+=", "+=", "-=", "^=", "*=", "|=", "&=", "//=", "%="])
            value = self.expr(s, "int", 1)
            if op in ("//=", "%="):
                value = str(self.r.choice([3, 7, 10 ** 6, 2 ** 40]))
            self.emit(f"{name} {op} {value}")
            if op in ("*=", "+="):      # may have become a str, and double
                self.emit(f"{name} = clip({name})")
        elif kind == "float" and self.chance(0.5):
            op = self.r.choice(["+=", "-=", "*="])
            self.emit(f"{name} {op} {self.expr(s, 'float', 1)}")
            if op != "-=":
                self.emit(f"{name} = clip({name})")
        else:
            self.emit(f"{name} = clip({self.expr(s, kind, 2)})")

    def mutate(self, s):
        r = self.r
        n = self.name(s, "list")
        d = self.name(s, "dict")
        o = self.name(s, "obj")
        choices = []
        if n:
            choices += [
                lambda: self.emit(f"{n}.append({self.expr(s, 'int', 1)}); {n}[:] = clip({n})"),
                lambda: self.emit(f"if {n}: {n}[{self.small(s)} % len({n})] = {self.expr(s, 'int', 1)}"),
                lambda: self.emit(f"if len({n}) > 3: {n}.pop({r.choice(['', '0', '-2'])})"),
                lambda: self.emit(f"{n}[{r.choice(['1:3', ':2', '2:2', '-1:'])}] = {self.expr(s, 'list', 0)}; {n}[:] = clip({n})"),
                lambda: self.emit(f"{n}.{r.choice(['reverse()', 'sort()', 'insert(1, 5)', 'extend([1, 2])'])}; {n}[:] = clip({n})"),
                lambda: self.emit(f"del {n}[{r.choice(['0', '-1', '5', '1:2', '::3'])}]"),
            ]
        if d:
            choices += [
                lambda: self.emit(f"{d}[{self.key(s)}] = {self.expr(s, 'int', 1)}"),
                lambda: self.emit(f"{d}.{r.choice(['pop', 'setdefault'])}({self.key(s)}, {self.expr(s, 'int', 0)})"),
                lambda: self.emit(f"del {d}[{self.key(s)}]"),
            ]
        if o:
            choices += [
                lambda: self.emit(f"{o}.n = clip({self.expr(s, 'int', 1)})"),
                lambda: self.emit(f"{o}.n += {self.small(s)}"),
                lambda: self.emit(f"{o}.twice = {self.expr(s, 'int', 1)}"),
                lambda: self.emit(f"{o}.extra = {self.expr(s, 'int', 1)}"),
                lambda: self.emit(f"if hasattr({o}, 'extra'): del {o}.extra"),
            ]
        if not choices:
            return self.assign(s)
        r.choice(choices)()

    def change(self, s, loop_var, limit):
        """What happens once, half-way through a hot loop."""
        r = self.r
        at = r.randint(limit // 3, max(limit - 1, limit // 3))
        with self.block(f"if {loop_var} == {at}:"):
            kinds = []
            if s.assignable:
                def retype():
                    name, kind = r.choice(s.assignable)
                    other = r.choice([k for k in ("int", "float", "int", "float", "str", "list") if k != kind])
                    if other in ("str", "list") and self.chance(0.6):
                        other = "float" if kind == "int" else "int"
                    self.emit(f"{name} = {self.expr(s, other, 1)}")
                kinds += [retype, retype, retype]
                def huge():
                    name, kind = r.choice(s.assignable)
                    if kind == "int":
                        self.emit(f"{name} = {r.choice([2 ** 31, 2 ** 49, 2 ** 50, 2 ** 63]) - r.randint(0, 40)}")
                    elif kind == "float":
                        self.emit(f"{name} = {r.choice(EDGE_FLOATS)}")
                    else:
                        self.emit(f"{name} = {self.expr(s, kind, 1)}")
                kinds += [huge, huge]
            if self.classes:
                c = r.choice(self.classes)
                kinds += [
                    lambda: self.emit(f"{c}.step = lambda self, x: self.n - x"),
                    lambda: self.emit(f"{c}.mix = lambda self, x: (self.n ^ x) & 0xffff"),
                    lambda: self.emit(f"{c}.level = {self.expr(s, r.choice(['int', 'int', 'float']), 0)}"),
                    lambda: self.emit(f"{c}.twice = property(lambda self: self.n * 2 + {r.randint(1, 9)})"),
                ]
                o = self.name(s, "obj")
                if o:
                    kinds += [lambda: self.emit(f"{o}.__class__ = {c}"),
                              lambda: self.emit(f"{o}.step = lambda x: x + {r.randint(1, 99)}")]
            fs = [f for f in s.functions if f[0].startswith("fn")]
            if fs:
                f, n, _ = r.choice(fs)
                args = ", ".join(f"a{i}" for i in range(n))
                kinds.append(lambda: self.emit(f"globals()[{f!r}] = lambda {args}: {r.randint(1, 50)} + a0"))
            kinds.append(lambda: self.emit(f"globals()['G0'] = {self.expr(s, r.choice(['int', 'float']), 0)}"))
            kinds.append(lambda: self.emit(f"globals()['G1'] = {self.const_int()}"))
            r.choice(kinds)()

    def body(self, s, n, loop=None):
        for _ in range(n):
            self.statement(s, loop)

    def statement(self, s, loop=None):
        self.budget -= 1
        nested = self.indent < 6 and self.budget > 0
        options = [(7, lambda: self.assign(s)), (2, lambda: self.mutate(s))]
        if nested:
            options += [(2, lambda: self.if_stmt(s, loop)), (1.6, lambda: self.try_stmt(s, loop))]
            if s.in_loop < 2:
                options += [(1.5, lambda: self.loop(s, False)), (0.8, lambda: self.gen_loop(s)),
                            (0.5, lambda: self.while_loop(s)), (0.6, lambda: self.container_loop(s))]
            if s.in_function:
                options.append((0.4, lambda: self.closure(s)))
        if loop:
            options += [(0.35, lambda: self.emit(f"if {self.cond(s, 1)}: {self.r.choice(['continue', 'continue', 'break'])}")),
                        (0.4, lambda: self.emit(f"if {loop} % {self.r.randint(20, 200)} == 7: raise Stop({loop} % 9)"))]
        self.pick(*options)()

    def if_stmt(self, s, loop):
        with self.block(f"if {self.cond(s, 1)}:"):
            self.body(s, self.r.randint(1, 2), loop)
        if self.chance(0.3):
            with self.block(f"elif {self.cond(s, 1)}:"):
                self.body(s, 1, loop)
        if self.chance(0.5):
            with self.block("else:"):
                self.body(s, 1, loop)

    def try_stmt(self, s, loop):
        r = self.r
        with self.block("try:"):
            self.body(s, r.randint(1, 3), loop)
            if self.chance(0.5):
                self.emit(f"if {self.cond(s, 1)}: raise {r.choice(['ValueError', 'KeyError', 'Stop'])}({self.expr(s, 'int', 0)})")
        shape = r.random()
        if shape < 0.85:
            caught = r.choice(["ValueError", "(KeyError, IndexError)", "Stop", "ArithmeticError", "TypeError"])
            with self.block(f"except {caught} as exc:"):
                t = r.choice([t for t in s.assignable if t[1] == "int"] or [("_", "int")])[0]
                self.emit(f"{t} = len(str(exc))")
            if self.chance(0.6):
                with self.block("except Exception as exc:"):
                    self.emit("note(exc)")
            if self.chance(0.25):
                with self.block("else:"):
                    self.assign(s)
        if shape >= 0.85 or self.chance(0.35):
            with self.block("finally:"):
                self.assign(s)
                if loop and self.chance(0.08):
                    self.emit("continue")

    def loop(self, s, hot):
        r = self.r
        limit = r.randint(300, 1500) if hot else r.randint(2, 8)
        v = self.fresh("i")
        with self.block(f"for {v} in range({limit}):"):
            s.by_type["int"].append(v)
            s.in_loop += 1
            if hot:
                with self.block("try:"):
                    self.body(s, r.randint(3, 7), v)
                    for _ in range(r.randint(1, 3)):
                        self.change(s, v, limit)
                with self.block("except Exception as exc:"):
                    self.emit("note(exc)")
            else:
                self.body(s, r.randint(1, 3), v)
            s.in_loop -= 1
            s.by_type["int"].remove(v)
        if self.chance(0.2):
            with self.block("else:"):
                self.assign(s)

    def while_loop(self, s):
        v = self.fresh("w")
        self.emit(f"{v} = {self.r.randint(3, 12)}")
        with self.block(f"while {v} > 0:"):
            self.emit(f"{v} -= {self.r.choice([1, 1, 2])}")
            s.by_type["int"].append(v)
            s.in_loop += 1
            self.body(s, self.r.randint(1, 3), v)
            s.in_loop -= 1
            s.by_type["int"].remove(v)

    def gen_loop(self, s):
        if not s.generators:
            return self.assign(s)
        v = self.fresh("g")
        g = self.r.choice(s.generators)
        with self.block(f"for {v} in {g}({self.small(s)}, {self.expr(s, 'int', 1)}):"):
            s.by_type["int"].append(v)
            s.in_loop += 1
            self.body(s, self.r.randint(1, 2), v)
            s.in_loop -= 1
            s.by_type["int"].remove(v)

    def container_loop(self, s):
        r = self.r
        n, d = self.name(s, "list"), self.name(s, "dict")
        v = self.fresh("e")
        if d and self.chance(0.4):
            with self.block(f"for {v}, {v}v in {d}.items():"):
                self.emit(f"if {v}v == {self.small(s)}: {d}[{self.key(s)}] = 1")
                s.by_type["int"].append(v + "v")
                self.assign(s)
                s.by_type["int"].remove(v + "v")
        elif n:
            with self.block(f"for {v} in {n}:"):
                change = r.choice([f"{n}.append({v})", f"{n}.pop()", f"{n}[0] = {v}", f"{n}.remove({v})"])
                self.emit(f"if len({n}) < 30 and {v} % 3 == 1: {change}")
                s.by_type["int"].append(v)
                self.assign(s)
                s.by_type["int"].remove(v)
        else:
            self.assign(s)

    def closure(self, s):
        targets = [t for t in s.assignable if t[1] == "int" and not t[0].startswith("G")]
        if not targets:
            return self.assign(s)
        name = self.r.choice(targets)[0]
        f = self.fresh("inner")
        with self.block(f"def {f}(z0):"):
            self.emit(f"nonlocal {name}")
            self.emit(f"{name} = clip({name} {self.r.choice('+-^')} z0)")
            self.emit(f"return {name}")
        # Called at once, so that it is surely bound.
        for _ in range(self.r.randint(1, 2)):
            self.emit(f"{f}({self.expr(s, 'int', 1)})")

    # -- top level ------------------------------------------------------
    def make_class(self):
        name = self.fresh("C")
        base = self.r.choice(self.classes) if self.classes and self.chance(0.5) else None
        s = Scope()
        s.by_type["int"] = ["x", "self.n", "self.level", "self.n"]
        with self.block(f"class {name}({base}):" if base else f"class {name}:"):
            self.emit(f"level = {self.r.randint(0, 9)}")
            with self.block("def __init__(self, n):"):
                if base and self.chance(0.6):
                    self.emit("super().__init__(n)")
                    self.emit(f"self.n += {self.r.randint(0, 5)}")
                else:
                    self.emit("self.n = clip(n)")
                    self.emit(f"self.m = {self.const_int()}")
                    self.emit("self._t = None")
            self.emit()
            if not base or self.chance(0.6):
                with self.block("def step(self, x):"):
                    if base and self.chance(0.4):
                        self.emit(f"return clip(super().step(x) + {self.r.randint(1, 9)})")
                    else:
                        self.emit(f"return clip({self.expr(s, 'int', 2)})")
                self.emit()
            if not base or self.chance(0.5):
                with self.block("def mix(self, x):"):
                    self.emit(f"self.n = clip({self.expr(s, 'int', 2)})")
                    self.emit("return self.n")
                self.emit()
                self.emit("@property")
                with self.block("def twice(self):"):
                    self.emit("return self.n * 2 if self._t is None else self._t")
                self.emit()
                self.emit("@twice.setter")
                with self.block("def twice(self, v):"):
                    self.emit("self._t = v")
                self.emit()
            if self.chance(0.4):
                with self.block("def __add__(self, o):"):
                    self.emit("return self.n + (o.n if hasattr(o, 'n') else o)")
                self.emit("__radd__ = __add__")
                with self.block("def __lt__(self, o):"):
                    self.emit("return self.n < (o.n if hasattr(o, 'n') else o)")
        self.emit()
        self.emit()
        self.classes.append(name)

    def make_function(self, top):
        name = self.fresh("fn")
        n = self.r.randint(1, 3)
        s = top.child()
        s.in_function = True
        s.in_loop = 2       # no loops of calls of calls
        args = [f"a{i}" for i in range(n)]
        s.by_type["int"] = args + ["G0", "G1"]
        s.assignable = [(a, "int") for a in args]
        default = f"{args[-1]}={self.r.randint(0, 9)}" if n > 1 and self.chance(0.4) else args[-1]
        with self.block(f"def {name}({', '.join(args[:-1] + [default])}):"):
            self.budget = 4
            self.body(s, self.r.randint(0, 3))
            if self.chance(0.3):
                self.emit(f"if {self.cond(s, 1)}: return {self.expr(s, 'int', 1)}")
            if self.chance(0.15):
                self.emit("if a0 % 101 == 13: raise ValueError(a0 % 7)")
            self.emit(f"return clip({self.expr(s, 'int', 2)})")
        self.emit()
        self.emit()
        top.functions.append((name, n, "int"))

    def make_generator(self, top):
        name = self.fresh("gen")
        s = top.child()
        s.in_function = True
        s.in_loop = 2
        s.by_type["int"] = ["k", "x", "G0"]
        s.assignable = [("x", "int")]
        with self.block(f"def {name}(count, x):"):
            with self.block("for k in range(count):"):
                shape = self.r.random()
                if shape < 0.4:
                    self.emit(f"yield {self.expr(s, 'int', 1)}")
                elif shape < 0.7:
                    with self.block("try:"):
                        self.emit(f"yield {self.expr(s, 'int', 1)}")
                    with self.block("finally:"):
                        self.emit(f"x = clip({self.expr(s, 'int', 1)})")
                elif top.generators and shape < 0.85:
                    self.emit(f"yield from {self.r.choice(top.generators)}(k, x)")
                else:
                    self.emit(f"if {self.cond(s, 1)}: continue")
                    self.emit("yield x + k")
                self.emit(f"x = clip({self.expr(s, 'int', 1)})")
            self.emit("return x")
        self.emit()
        self.emit()
        top.generators.append(name)

    def make_main(self, top):
        """A function with hot loops in it."""
        name = self.fresh("main")
        s = top.child()
        s.in_function = True
        s.by_type["int"] += ["G0", "G1"]
        kinds = [("p", "int"), ("q", "int"), ("r", "int"), ("f", "float"), ("h", "float"),
                 ("t", "str"), ("l", "list"), ("d", "dict"), ("o", "obj"), ("u", "obj")]
        with self.block(f"def {name}():"):
            if self.chance(0.4):
                self.emit("global G0")
                s.assignable.append(("G0", "int"))
            for v, kind in kinds:
                self.emit(f"{v} = {self.expr(Scope() if kind != 'obj' else s, kind, 1)}")
            for v, kind in kinds:
                s.by_type[kind].append(v)
                if kind != "dict" and (kind != "obj" or self.chance(0.5)):
                    s.assignable.append((v, kind))
            self.hot_part(s, kinds)
        self.emit()
        self.emit()
        return name

    def hot_part(self, s, kinds):
        for _ in range(self.r.randint(1, 2)):
            self.budget = 14
            if self.chance(0.3):
                self.budget = 4
                with self.block("try:"):
                    self.body(s, 2)
                with self.block("except Exception as exc:"):
                    self.emit("note(exc)")
            self.budget = 14
            self.loop(s, True)
            names = ", ".join(v for v, _ in kinds[:8])
            self.emit(f"show({self.fresh('s')!r}, {names}, G0, G1)")
            self.emit("show('objects', getattr(o, 'n', None), getattr(u, 'n', None), notes)")

    def program(self):
        self.lines.extend(HEADER.rstrip("\n").split("\n"))
        self.emit()
        self.emit()
        self.emit("notes = {}")
        self.emit()
        self.emit()
        with self.block("def note(exc):"):
            self.emit("text = type(exc).__name__ + ': ' + str(exc)[:80]")
            with self.block("if len(notes) < 20 or text in notes:"):
                self.emit("notes[text] = notes.get(text, 0) + 1")
        self.emit()
        self.emit()
        self.emit(f"G0 = {self.const_int()}")
        self.emit(f"G1 = {self.const_int()}")
        self.emit()
        self.emit()
        top = Scope()
        for _ in range(self.r.randint(1, 3)):
            self.make_class()
        for _ in range(self.r.randint(1, 3)):
            self.make_function(top)
        for _ in range(self.r.randint(1, 2)):
            self.make_generator(top)
        mains = [self.make_main(top) for _ in range(self.size)]
        for m in mains:
            for _ in range(self.r.choice([1, 1, 2])):
                with self.block("try:"):
                    self.emit(f"{m}()")
                with self.block("except Exception as exc:"):
                    self.emit("print('died', type(exc).__name__, str(exc)[:80])")
        with self.block("for text, times in notes.items():"):
            self.emit("print(times, text)")
        return "\n".join(self.lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="print a random Python program")
    parser.add_argument("seed", type=int)
    parser.add_argument("--size", type=int, default=2, help="functions with hot loops")
    args = parser.parse_args()
    print(Generator(args.seed, args.size).program(), end="")


if __name__ == "__main__":
    main()
