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
#
# Two things are left out, because Nacre differs from CPython there on purpose:
# nothing visible depends on when a generator that was dropped runs its
# `finally` (no reference counts: it is closed by a later collection), and NaNs
# are kept out of containers, where CPython finds them by identity (floats are
# value words and have none).  So clip() lets no NaN into an int variable, a
# list or a dict, key() none into a key, and a `finally` around a yield changes
# locals of the generator only.  One thing is left out because CPython 3.11.2 has
# it wrong: a tuple assignment with the same target twice.
#
# gen_base.py: style of a program, scopes; gen_expr.py, gen_stmt.py: expressions
# and statements; this file: classes, functions, generators, main functions.
import argparse

from gen_base import HEADER, Scope
from gen_stmt import Statements

KINDS = [("p", "int"), ("q", "int"), ("r", "int"), ("f", "float"), ("h", "float"), ("t", "str"),
         ("l", "list"), ("d", "dict"), ("z", "set"), ("o", "obj"), ("u", "obj"), ("fu", "fun")]


class Generator(Statements):
    # -- classes --------------------------------------------------------
    def make_class(self):
        name = self.fresh("C")
        base = self.r.choice(self.classes) if self.classes and self.chance(0.5) else None
        s = Scope()
        s.by_type["int"] = ["x", "self.n", "self.level", "self.n"]
        with self.block(f"class {name}({base}):" if base else f"class {name}:"):
            self.emit(f"level = {self.r.randint(0, 9)}")
            if not base and self.chance(0.3):
                self.emit("__slots__ = ('n', 'm', '_t', 'extra')")
            self.class_init(base)
            self.class_methods(s, base)
            self.class_special(s, base)
        self.emit()
        self.emit()
        self.classes.append(name)

    def class_init(self, base):
        with self.block("def __init__(self, n):"):
            if base and self.chance(0.6):
                self.emit("super().__init__(n)")
                self.emit(f"self.n += {self.r.randint(0, 5)}")
            else:
                self.emit("self.n = clip(n)")
                self.emit(f"self.m = {self.const_int()}")
                self.emit("self._t = None")
        self.emit()

    def class_methods(self, s, base):
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
        if not base or self.chance(0.3):
            self.emit("@property")
            with self.block("def twice(self):"):
                self.emit("return self.n * 2 if self._t is None else self._t")
            self.emit()
            self.emit("@twice.setter")
            with self.block("def twice(self, v):"):
                self.emit("self._t = v")
            self.emit()

    def class_special(self, s, base):
        """A root class has all that expressions use, the others some."""
        other = "(o.n if hasattr(o, 'n') else o)"
        bodies = [("__add__", "self, o", f"self.n + {other}"),
                  ("__lt__", "self, o", f"self.n < {other}"),
                  ("__eq__", "self, o", f"self.n == {other}"),
                  ("__call__", "self, x", f"clip({self.expr(s, 'int', 1)})"),
                  ("__getitem__", "self, x", f"clip({self.expr(s, 'int', 1)})"),
                  ("__len__", "self", f"{self.r.randint(0, 3)}")]
        for name, args, value in bodies:
            if not base or self.chance(0.25):
                with self.block(f"def {name}({args}):"):
                    self.emit(f"return {value}")
                self.emit()
        if not base:
            with self.block("def __iter__(self):"):
                self.emit(self.r.choice(["yield self.n; yield 2", "return iter([self.n, 3])"]))
            self.emit()
        if self.chance(0.2):
            with self.block("def __getattr__(self, name):"):
                self.emit("if name != 'extra': raise AttributeError(name)")
                self.emit("return 3")

    # -- functions ------------------------------------------------------
    def make_function(self, top):
        name = self.fresh("fn")
        n = self.r.randint(1, 3)
        s = top.child()
        s.in_function = True
        s.in_loop = 3       # no loops of calls of calls
        args = [f"a{i}" for i in range(n)]
        s.by_type["int"] = args + ["G0", "G1"]
        s.assignable = [(a, "int") for a in args]
        last = f"{args[-1]}={self.r.randint(0, 9)}" if n > 1 and self.chance(0.4) else args[-1]
        with self.block(f"def {name}({', '.join(args[:-1] + [last])}):"):
            self.budget = 4
            shape = self.r.random()
            if shape < 0.2:     # recursive
                self.emit(f"if not 0 < a0 < {self.r.randint(5, 12)}: return 1")
                rest = "".join(f", {a}" for a in args[1:])
                call = f"{name}(a0 - {self.r.randint(1, 2)}{rest})"
                if self.chance(0.4):
                    call += f" + {name}(a0 - 2{rest})"
                self.emit(f"return clip({call} + {self.expr(s, 'int', 1)})")
            else:
                self.body(s, self.r.randint(0, 3))
                if self.chance(0.3):
                    self.emit(f"if {self.cond(s, 1)}: return {self.expr(s, 'int', 1)}")
                if self.chance(0.15):
                    self.emit("if a0 % 101 == 13: raise ValueError(a0 % 7)")
                self.emit(f"return clip({self.expr(s, 'int', 2)})")
        self.emit()
        self.emit()
        top.functions.append((name, n))

    def make_maker(self, top):
        """A function that makes closures."""
        name = self.fresh("make")
        s = Scope()
        s.by_type["int"] = ["x", "w", "w", "G0"]
        with self.block(f"def {name}(w):"):
            with self.block("def inside(x):"):
                if self.chance(0.5):
                    self.emit("nonlocal w")
                    self.emit(f"w = clip({self.expr(s, 'int', 1)})")
                self.emit(f"return clip({self.expr(s, 'int', 1)})")
            self.emit("return inside")
        self.emit()
        self.emit()
        self.makers.append(name)

    def make_generator(self, top):
        name = self.fresh("gen")
        s = top.child()
        s.in_function = True
        s.in_loop = 3
        s.by_type["int"] = ["k", "x", "G0"]
        s.assignable = [("x", "int")]
        with self.block(f"def {name}(count, x):"):
            if self.chance(0.3):
                self.emit(f"count = count * {self.r.randint(2, 9)}")
            with self.block("for k in range(count):"):
                shape = self.r.random()
                if shape < 0.3:
                    self.emit(f"yield {self.expr(s, 'int', 1)}")
                elif shape < 0.5:
                    self.emit(f"y = yield {self.expr(s, 'int', 1)}")
                    self.emit("if y is not None: x = clip(x + y)")
                elif shape < 0.7:
                    with self.block("try:"):
                        self.emit(f"yield {self.expr(s, 'int', 1)}")
                    with self.block("finally:"):
                        self.emit(f"x = clip({self.expr_int(s, 0)})")
                elif top.generators and shape < 0.85:
                    inner = self.r.choice(top.generators)
                    self.emit(self.r.choice([f"yield from {inner}(k % 4, x)",
                                             f"x = clip((yield from {inner}(k % 3, x)) or 1)"]))
                else:
                    self.emit(f"if {self.cond(s, 1)}: continue")
                    self.emit("yield x + k")
                self.emit(f"x = clip({self.expr(s, 'int', 1)})")
                if self.chance(0.1):
                    self.emit("if x % 37 == 5: raise Stop(x % 9)")
            self.emit("return x")
        self.emit()
        self.emit()
        top.generators.append(name)

    def make_coroutine(self, top):
        """An asynchronous generator, and a coroutine that uses it."""
        name, source = self.fresh("co"), self.fresh("ag")
        s = top.child()
        s.in_function = True
        s.in_loop = 3
        s.by_type["int"] = ["k", "x", "G0"]
        s.assignable = [("x", "int")]
        with self.block(f"async def {source}(count, x):"):
            with self.block("for k in range(count):"):
                if self.chance(0.6):
                    self.emit(f"x = clip(x + await Later(k % {self.r.randint(1, 3)}))")
                self.emit(f"if {self.cond(s, 1)}: yield {self.expr(s, 'int', 1)}")
        self.emit()
        self.emit()
        with self.block(f"async def {name}(count, x):"):
            with self.block("for k in range(count):"):
                for _ in range(self.r.randint(1, 3)):
                    shape = self.r.random()
                    if shape < 0.3:
                        self.emit(f"x = clip(x - await Later(k % {self.r.randint(1, 4)}))")
                    elif shape < 0.6:
                        with self.block(f"async for v in {source}(k % {self.r.randint(2, 5)}, x):"):
                            self.emit(f"x = clip(x + v)")
                            if self.chance(0.3):
                                self.emit(f"if {self.cond(s, 0)}: break")
                    elif shape < 0.8:
                        with self.block("async with Later(k) as v:"):
                            self.emit("x = clip(x + v)")
                            if self.chance(0.4):
                                self.emit("if x % 5 == 2: raise Stop(x)")
                    elif top.coroutines:
                        self.emit(f"x = clip(x + (await {self.r.choice(top.coroutines)}(k % 3, x)))")
                    else:
                        self.emit(f"x = clip({self.expr(s, 'int', 1)})")
            self.emit("return x")
        self.emit()
        self.emit()
        top.coroutines.append(name)

    # -- main functions -------------------------------------------------
    def make_main(self, top):
        """A function with hot loops in it, or the same at module level.
        Returns its name, None for the latter."""
        name = self.fresh("main")
        s = top.child()
        s.in_function = True
        s.by_type["int"] += ["G0", "G1"]
        s.module = self.chance(0.15)
        with self.block("try:" if s.module else f"def {name}():"):
            if s.module or self.chance(0.4):
                if not s.module:
                    self.emit("global G0")
                s.assignable.append(("G0", "int"))
            self.set_up(s)
            for _ in range(self.r.randint(1, 2)):
                self.hot_part(s)
        if s.module:
            self.report_death()
        self.emit()
        self.emit()
        return None if s.module else name

    def set_up(self, s):
        for v, kind in KINDS:
            if kind == "fun":
                value = f"{self.r.choice(self.makers)}({self.const_int()})"
            elif kind == "list" and self.chance(0.3):
                value = f"list(range({self.r.randint(5, 40)}))"
            else:
                value = self.expr(s if kind == "obj" else Scope(), kind, 1)
                value = f"clip({value})" if kind in ("int", "list") else value
            self.emit(f"{v} = {value}")
        for v, kind in KINDS:
            s.by_type[kind].append(v)
            if kind not in ("dict", "set", "fun") and (kind != "obj" or self.chance(0.5)):
                s.assignable.append((v, kind))

    def hot_part(self, s):
        self.budget = 14
        if self.chance(0.2):
            self.budget = 4
            with self.block("try:"):
                self.body(s, 2)
            with self.block("except Exception as exc:"):
                self.emit("note(exc)")
        self.budget = 14
        self.hot_loop(s)
        self.emit(f"show({self.fresh('s')!r}, {', '.join(v for v, _ in KINDS[:9])}, G0, G1)")
        self.emit("show('objects', getattr(o, 'n', None), getattr(u, 'n', None), notes)")

    def hot_loop(self, s):
        style = self.style
        limit = self.r.randint(style.passes // 2, style.passes)
        v = self.fresh("i")
        shape = self.r.random()
        with self.block(f"for {v} in range({limit}):" if shape < 0.8 else "while True:"):
            if shape >= 0.8:
                self.emit(f"if {v} >= {limit}: break")
                self.emit(f"{v} += 1")
            s.by_type["int"].append(v)
            s.in_loop += 1
            if self.chance(style.try_inside):
                with self.block("try:"):
                    self.hot_body(s, v, limit)
                with self.block("except Exception as exc:"):
                    self.emit("note(exc)")
            else:
                self.hot_body(s, v, limit)
            s.in_loop -= 1
            s.by_type["int"].remove(v)
        if shape >= 0.8:
            at = max(i for i, line in enumerate(self.lines) if line.endswith("while True:")
                     and self.lines[i + 1].endswith(f"if {v} >= {limit}: break"))
            self.lines.insert(at, "    " * self.indent + f"{v} = 0")
        elif self.chance(0.2):
            with self.block("else:"):
                self.assign(s)

    def hot_body(self, s, v, limit):
        changes = [self.r.random() for _ in range(self.r.randint(0, 3))]
        count = self.r.randint(1, self.style.statements)
        for i in range(count):
            self.statement(s, v)
            for at in changes:
                if i <= at * count < i + 1:
                    self.change(s, v, limit)

    def report_death(self):
        with self.block("except Exception as exc:"):
            self.emit("print('died', type(exc).__name__, str(exc)[:80])")

    # -- program --------------------------------------------------------
    def program(self):
        self.lines.append(f"LIMIT = {self.style.limit}")
        self.lines.extend(["", ""] + HEADER.rstrip("\n").split("\n") + ["", ""])
        self.emit(f"G0 = clip({self.const_int()})")
        self.emit(f"G1 = {self.const_int()}")
        self.emit()
        self.emit()
        top = Scope()
        self.makers = []
        for _ in range(self.r.randint(1, 3)):
            self.make_class()
        for _ in range(self.r.randint(1, 3)):
            self.make_function(top)
        self.make_maker(top)
        for _ in range(self.r.randint(1, 2)):
            self.make_generator(top)
        if self.chance(0.5):
            self.make_coroutine(top)
        for _ in range(self.size):
            main = self.make_main(top)
            for _ in range(self.r.choice([1, 1, 2]) if main else 0):
                with self.block("try:"):
                    self.emit(f"{main}()")
                self.report_death()
        with self.block("for text, times in notes.items():"):
            self.emit("print(times, text)")
        return "\n".join(self.lines) + "\n"


def program(seed, size=2):
    return Generator(seed, size).program()


def main():
    parser = argparse.ArgumentParser(description="print a random Python program")
    parser.add_argument("seed", type=int)
    parser.add_argument("--size", type=int, default=2, help="functions with hot loops")
    args = parser.parse_args()
    print(program(args.seed, args.size), end="")


if __name__ == "__main__":
    main()
