# gen_stmt.py - random statements: assignments, changes of containers and
# objects, branches, exceptions, inner loops, and what changes for good half-way
# through a hot loop.
from gen_base import EDGE_FLOATS
from gen_expr import Expressions


class Statements(Expressions):
    def body(self, s, n, loop=None):
        for _ in range(n):
            self.statement(s, loop)

    def statement(self, s, loop=None):
        self.budget -= 1
        nested = self.indent < 6 and self.budget > 0
        options = [(7, self.assign), (2, self.mutate), (1, self.special), (0.4, self.shared_call)]
        if nested:
            options += [(2, lambda s: self.if_stmt(s, loop)), (1.6, lambda s: self.try_stmt(s, loop)),
                        (0.4, lambda s: self.with_stmt(s, loop)), (0.4, self.match_stmt)]
            if s.coroutines and s.in_loop < 3:
                options.append((0.5, self.await_call))
            if s.in_loop < 2:
                options += [(1.5, self.inner_loop), (0.8, self.gen_loop), (0.5, self.while_loop),
                            (0.6, self.container_loop), (0.6, self.object_loop)]
            if s.in_function or s.module:
                options.append((0.4, self.closure))
        if loop:
            options += [(0.35, lambda s: self.leave(s)), (0.3, lambda s: self.emit(
                f"if {loop} % {self.r.randint(20, 200)} == 7: raise Stop({loop} % 9)"))]
        self.pick(*options)(s)

    def leave(self, s):
        how = self.r.choice(["continue", "continue", "continue", "break"])
        rare = f" and {self.name(s, 'int')} % 50 == 3" if how == "break" else ""
        self.emit(f"if ({self.cond(s, 1)}){rare}: {how}")

    # -- assignments ----------------------------------------------------
    def int_target(self, s):
        return self.r.choice([t[0] for t in s.assignable if t[1] == "int"] or ["_"])

    def folded(self, text):
        """An int expression, kept from growing."""
        shape = self.r.random()
        if shape < 0.15:
            return f"{text} % {self.r.choice([1009, 1000003, 2 ** 31, 2 ** 40, 2 ** 50 + 7])}"
        if shape < 0.3 and self.chance(self.style.bits):
            return f"{text} & {self.r.choice([255, 0x7fffffff, 0xffffffff, 2 ** 50 - 1, 2 ** 63 - 1])}"
        return f"clip({text})"

    def assign(self, s):
        if not s.assignable:
            return self.emit("pass")
        name, kind = self.r.choice(s.assignable)
        if kind == "int" and self.chance(0.5):
            self.augment(s, name)
        elif kind == "int":
            self.emit(f"{name} = {self.folded(self.expr(s, kind, 2))}")
        elif kind == "float" and self.chance(0.5):
            op = self.r.choice(["+=", "-=", "*="])
            self.emit(f"{name} {op} {self.expr(s, 'float', 1)}")
            if op != "-=":
                self.emit(f"{name} = clipf({name})")
        elif kind == "float":
            self.emit(f"{name} = clipf({self.expr(s, kind, 2)})")
        else:
            self.emit(f"{name} = clip({self.expr(s, kind, 2)})")

    def augment(self, s, name):
        ops = ["+=", "+=", "-=", "*=", "//=", "%="]
        if self.chance(self.style.bits):
            ops += ["^=", "|=", "&=", ">>="]
        op = self.r.choice(ops)
        value = self.expr(s, "int", 1)
        if op in ("//=", "%="):
            value = str(self.r.choice([3, 7, 10 ** 6, 2 ** 40]))
        elif op == ">>=":
            value = str(self.r.randint(1, 9))
        self.emit(f"{name} {op} {value}")
        if op in ("*=", "+=") or self.chance(0.3):      # may have become a str, and double
            self.emit(f"{name} = clip({name})")

    def special(self, s):
        """Assignments of the rarer forms."""
        a, b = self.int_target(s), self.int_target(s)
        if a == b:      # CPython 3.11.2 stores "q, q = 1, 2" in the wrong order
            b = self.fresh("v")
            self.emit(f"{b} = {self.expr(s, 'int', 0)}")
        x, y = self.expr(s, "int", 1), self.expr(s, "int", 1)
        v = self.fresh("v")
        g = self.r.choice(s.generators) if s.generators else None
        forms = [
            f"{a}, {b} = clip({x}), clip({y})",
            f"{a}, {b} = {b}, {a}",
            f"{a}, *{v} = [clip({x}), 1, 2]; {b} = len({v})",
            f"if ({v} := clip({x})) > {y}: {a} = {v}",
            f"{v} = clip({x}); {a} = {v}; del {v}",
            f"{a} = {b} = clip({x})",
            f"{v} = (clip({x}), clip({y}), 'c'); {a} = {v}[{self.r.randint(0, 1)}]",
            f"{a} = clip((lambda z, w={y}: z - w)({x}))",
            f"{a} = {self.r.randint(0, 3)} < clip({x}) <= {y}",
            f"{a} = clip({x}) if {self.cond(s, 1)} else None; {a} = {a} or 4",
        ]
        if g:
            forms += [f"{a} = clip(sum({g}({self.index(s)}, {x})))",
                      f"{a} = clip(next({g}({self.index(s)}, {x}), 17))",
                      f"{a} = len(list({g}({self.index(s)}, {x})))",
                      f"{v} = {g}(4, {x}); next({v}, 0); {a} = clip(next({v}, 1)); {v}.close()"]
        self.emit(self.r.choice(forms))

    def mutate(self, s):
        r = self.r
        n, d = self.name(s, "list"), self.name(s, "dict")
        o, z = self.name(s, "obj"), self.name(s, "set")
        choices = []
        if n:
            choices += [
                f"{n}.append(clip({self.expr(s, 'int', 1)})); {n}[:] = clip({n})",
                f"if {n}: {n}[{self.index(s)} % len({n})] = clip({self.expr(s, 'int', 1)})",
                f"if {n}: {n}[{self.index(s)} % len({n})] += {self.r.randint(1, 9)}",
                f"if len({n}) > 3: {n}.pop({r.choice(['', '0', '-2'])})",
                f"{n}[{r.choice(['1:3', ':2', '2:2', '-1:'])}] = {self.expr(s, 'list', 0)}; "
                f"{n}[:] = clip({n})",
                f"{n}.{r.choice(['reverse()', 'sort(key=str)', 'insert(1, 5)', 'extend([1, 2])'])}; "
                f"{n}[:] = clip({n})",
                (f"if len({n}) > 5: " if self.guarded() else "") +
                f"del {n}[{r.choice(['0', '-1', '5', '1:2', '::3'])}]",
            ]
        if d:
            k = self.key(s)
            choices += [
                f"{d}[{k}] = clip({self.expr(s, 'int', 1)})",
                f"{d}[{k}] = clip({d}.get({k}, 0) + {self.expr(s, 'int', 1)})",
                f"{d}.setdefault({k}, {self.expr(s, 'int', 0)})",
                f"{d}.pop({k}{', 0' if self.guarded() else ''})",
                (f"if {k} in {d}: " if self.guarded() else "") + f"del {d}[{k}]",
            ]
        if z:
            choices += [f"{z}.{r.choice(['add', 'discard'])}({self.index(s)})",
                        f"{z} ^= {{{self.index(s)}, 1}}"]
        if o:
            choices += [
                f"{o}.n = clip({self.expr(s, 'int', 1)})",
                f"{o}.n += {self.index(s)}",
                f"{o}.twice = {self.expr(s, 'int', 1)}",
                f"{o}.extra = {self.expr(s, 'int', 1)}",
                f"if hasattr({o}, 'extra'): del {o}.extra",
                f"type({o}).level = {self.expr(s, 'int', 0)}",
            ]
        if not choices:
            return self.assign(s)
        self.emit(r.choice(choices))

    # -- branches and exceptions ----------------------------------------
    def if_stmt(self, s, loop):
        with self.block(f"if {self.cond(s, 1)}:"):
            self.body(s, self.r.randint(1, 2), loop)
        if self.chance(0.3):
            with self.block(f"elif {self.cond(s, 1)}:"):
                self.body(s, 1, loop)
        if self.chance(0.5):
            with self.block("else:"):
                self.body(s, 1, loop)

    def match_stmt(self, s):
        with self.block(f"match {self.expr(s, self.r.choice(['int', 'list', 'any']), 1)}:"):
            for case in self.r.sample(["0 | 1", "int(w) if w > 5", "str()", "[w, *_]", "float(w)",
                                       "[]", "[_, w]"], 3):
                with self.block(f"case {case}:"):
                    self.assign(s)
            with self.block("case _:"):
                self.assign(s)

    def try_stmt(self, s, loop):
        r = self.r
        with self.block("try:"):
            self.body(s, r.randint(1, 3), loop)
            if self.chance(0.5):
                exc = r.choice(["ValueError", "KeyError", "Stop"])
                self.emit(f"if {self.cond(s, 1)}: raise {exc}({self.expr(s, 'int', 0)})")
        shape = r.random()
        if shape < 0.85:
            caught = r.choice(["ValueError", "(KeyError, IndexError)", "Stop", "ArithmeticError",
                               "TypeError"])
            with self.block(f"except {caught} as exc:"):
                self.emit(f"{self.int_target(s)} = len(str(exc))")
                if self.chance(0.15):
                    self.emit("raise" if self.chance(0.5) else "raise ValueError(3) from exc")
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

    def with_stmt(self, s, loop):
        v = self.fresh("c")
        with self.block(f"with Guard({self.cond(s, 0)}) as {v}:"):
            self.body(s, self.r.randint(1, 2), loop)
            if self.chance(0.4):
                self.emit(f"if {self.cond(s, 1)}: raise Stop({v})")

    # -- loops ----------------------------------------------------------
    def looped(self, s, names, statements, loop=None):
        """The body of an inner loop in which names are ints."""
        s.by_type["int"] += names
        s.in_loop += 1
        self.body(s, self.r.randint(1, statements), loop)
        s.in_loop -= 1
        for n in names:
            s.by_type["int"].remove(n)

    def inner_loop(self, s):
        v, n = self.fresh("i"), self.fresh("k")
        count = self.r.randint(2, 8)
        names = [v]
        head = self.pick((6, f"for {v} in range({count}):"),
                         (1, f"for {v} in range({count}, -2, -{self.r.randint(1, 3)}):"),
                         (1, f"for {v}, {n} in enumerate({self.expr(s, 'list', 0)}[:9]):"),
                         (1, f"for {v}, {n} in zip({self.expr(s, 'list', 0)}[:9], range(9)):"),
                         (1, f"for {v} in reversed({self.expr(s, 'list', 0)}[:9]):"))
        if n in head:
            names.append(n)
        with self.block(head):
            self.looped(s, names, 3, v)
        if self.chance(0.2):
            with self.block("else:"):
                self.assign(s)

    def while_loop(self, s):
        v = self.fresh("w")
        self.emit(f"{v} = {self.r.randint(3, 12)}")
        with self.block(f"while {v} > 0:"):
            self.emit(f"{v} -= {self.r.choice([1, 1, 2])}")
            self.looped(s, [v], 3, v)

    def gen_loop(self, s):
        if not s.generators:
            return self.assign(s)
        v = self.fresh("g")
        g = self.r.choice(s.generators)
        if self.chance(0.2):
            return self.send_loop(s, g, v)
        with self.block(f"for {v} in {g}({self.index(s)}, {self.expr(s, 'int', 1)}):"):
            self.looped(s, [v], 2, v if self.chance(0.3) else None)

    def send_loop(self, s, g, v):
        it = self.fresh("it")
        self.emit(f"{it} = {g}({self.r.randint(2, 6)}, {self.expr(s, 'int', 1)})")
        with self.block("try:"):
            self.emit(f"{v} = next({it})")
            with self.block("while True:"):
                self.looped(s, [v], 1)
                how = self.r.choice(["next({it})", "{it}.send(3)", "{it}.send({v})"])
                self.emit(f"{v} = clip({how.format(it=it, v=v)})")
        with self.block("except StopIteration as exc:"):
            self.emit(f"{self.int_target(s)} = clip(exc.value or 0)")

    def await_call(self, s):
        c, t = self.r.choice(s.coroutines), self.int_target(s)
        self.emit(f"{t} = clip({t} + drive({c}({self.index(s)}, {self.expr(s, 'int', 1)})))")

    def shared_call(self, s):
        """Functions of one code with different globals."""
        t, space = self.int_target(s), self.r.choice(["M1", "M2", "M3"])
        self.emit(self.r.choice([f"{t} = clip({t} + {space}.here({self.expr(s, 'int', 1)}))",
                                 f"{t} = clip({t} - {space}.items({self.index(s)}))",
                                 f"{t} = clip(D1['here']({self.expr(s, 'int', 0)}))"]))

    def container_loop(self, s):
        """A container is changed while it is iterated."""
        r = self.r
        n, d, z = self.name(s, "list"), self.name(s, "dict"), self.name(s, "set")
        v = self.fresh("e")
        kind = r.choice([k for k, c in (("list", n), ("list", n), ("dict", d), ("set", z)) if c] or [""])
        if kind == "dict":
            with self.block(f"for {v}, {v}v in {d}.items():"):
                self.emit(f"if {v}v == {self.small(s)}: {d}[{self.key(s)}] = 1")
                self.looped(s, [v + "v"], 1)
        elif kind == "set":
            with self.block(f"for {v} in sorted({z}):"):
                self.emit(f"if {v} == {self.small(s)}: {z}.discard({v})")
                self.looped(s, [v], 1)
        elif kind == "list":
            with self.block(f"for {v} in {n}:"):
                change = r.choice([f"{n}.append({v})", f"{n}.pop()", f"{n}[0] = {v}",
                                   f"{n}.remove({v})", f"{n}.clear()"])
                self.emit(f"if len({n}) < 30 and {v} % 3 == 1: {change}")
                self.looped(s, [v], 1)
        else:
            self.assign(s)

    def object_loop(self, s):
        """One call, several classes."""
        v, t = self.fresh("ob"), self.int_target(s)
        objects = ", ".join(self.expr(s, "obj", 0) for _ in range(self.r.randint(2, 4)))
        with self.block(f"for {v} in ({objects}):"):
            use = self.r.choice([f"{v}.step({t})", f"{v}.mix({t})", f"{v}.n", f"{v}.level",
                                 f"{v}.twice", f"({v} < 5)", f"{v}({t})", f"{v}[2]", f"len({v})",
                                 f"sum({v})", f"({v} == {t})", f"({v} + 1)"])
            self.emit(f"{t} = clip({t} + {use})")

    def closure(self, s):
        if s.module:
            targets = [t for t in s.assignable if t[1] == "int"]
        else:
            targets = [t for t in s.assignable if t[1] == "int" and not t[0].startswith("G")]
        if not targets:
            return self.assign(s)
        name = self.r.choice(targets)[0]
        f = self.fresh("inner")
        op = self.r.choice("+-^" if self.style.bits == 1.0 else "+-")
        with self.block(f"def {f}(z0):"):
            self.emit(f"{'global' if s.module else 'nonlocal'} {name}")
            self.emit(f"{name} = clip({name} {op} z0)")
            self.emit(f"return {name}")
        # Called at once, so that it is surely bound.
        for _ in range(self.r.randint(1, 2)):
            self.emit(f"{f}({self.expr(s, 'int', 1)})")

    # -- what happens once, half-way through a hot loop -------------------
    def change(self, s, loop_var, limit):
        at = self.r.randint(limit // 3, max(limit - 1, limit // 3))
        options = [self.change_global, self.change_global]
        if s.assignable:
            options += [self.change_type] * 3 + [self.change_size] * 3
        if self.classes:
            options += [self.change_class] * 3
        if s.functions:
            options.append(self.change_function)
        if self.style.retype == "any":
            options.append(self.change_builtin)
        with self.block(f"if {loop_var} == {at}:"):
            self.r.choice(options)(s)

    def change_type(self, s):
        name, kind = self.r.choice(s.assignable)
        style = self.style.retype
        if kind == "int":
            to = {"int": ["int"], "number": ["int", "float"],
                  "any": ["float", "float", "str", "list"]}[style]
            value = self.expr(s, self.r.choice(to), 1)
            self.emit(f"{name} = {self.r.choice(['True', value, value, value])}"
                      if style == "int" else f"{name} = clip({value})")
        elif kind == "float":
            self.emit(f"{name} = {self.expr(s, 'int', 1)}")
        elif style == "any" and self.chance(0.4):
            self.emit(f"{name} = {self.expr(s, self.r.choice(['int', 'str', 'list']), 1)}")
        else:
            self.emit(f"{name} = {self.expr(s, kind, 1)}")

    def change_size(self, s):
        name, kind = self.r.choice(s.assignable)
        if kind == "int":
            value = self.r.choice([2 ** 31, 2 ** 49, 2 ** 50, 2 ** 50, 2 ** 63]) - self.r.randint(0, 40)
            self.emit(f"{name} = {value if self.chance(0.7) else -value}")
        elif kind == "float":
            self.emit(f"{name} = {self.r.choice(EDGE_FLOATS)}")
        else:
            self.emit(f"{name} = {self.expr(s, kind, 1)}")

    def change_class(self, s):
        r, c = self.r, self.r.choice(self.classes)
        o = self.name(s, "obj") or f"{c}(1)"
        self.emit(r.choice([
            f"{c}.step = lambda self, x: self.n - x",
            f"{c}.mix = lambda self, x: (self.n * 3 + x) % 65521",
            f"{c}.level = {self.expr(s, 'int' if self.style.retype == 'int' else 'float', 0)}",
            f"{c}.level = property(lambda self: self.n + 1)",
            f"{c}.twice = property(lambda self: self.n * 2 + {r.randint(1, 9)})",
            f"{c}.__call__ = lambda self, x: x + self.n",
            f"{c}.__getitem__ = lambda self, i: i",
            f"{c}.n = property(lambda self: 5, lambda self, v: None)",
            f"if hasattr({o}, '__dict__'): {o}.step = lambda x: x + {r.randint(1, 99)}",
            f"if type({o}).__base__ is {c} and hasattr({o}, '__dict__'): {o}.__class__ = {c}",
            f"if '__add__' in {c}.__dict__: del {c}.__add__",
            f"{c}.step.__code__ = (lambda self, x: self.n + {r.randint(1, 9)}).__code__",
            f"if '__len__' in {c}.__dict__: {c}.__len__.__code__ = (lambda self: 2).__code__",
            f"if type({c}.__dict__.get('twice')) is property: "
            f"{c}.__dict__['twice'].__init__(lambda self: self.n - {r.randint(1, 9)})",
            f"if hasattr({o}, '__dict__'): {o}.__dict__ = dict(reversed({o}.__dict__.items()))",
            f"if hasattr({o}, '__dict__'): {o}.__dict__['n'] = {self.expr(s, 'int', 0)}",
            f"{c}.__getattribute__ = lambda self, name: object.__getattribute__(self, name)",
        ]))

    def change_function(self, s):
        f, n = self.r.choice(s.functions)
        args = ", ".join(f"a{i}" for i in range(n))
        new = f"lambda {args}: {self.r.randint(1, 50)} + a0"
        self.emit(self.r.choice([f"globals()[{f!r}] = {new}", f"{f}.__code__ = ({new}).__code__"]))

    def change_global(self, s):
        kind = "int" if self.style.retype == "int" else self.r.choice(["int", "float"])
        self.emit(self.r.choice([f"globals()['G0'] = clip({self.expr(s, kind, 0)})",
                                 f"M1.g = {self.expr(s, kind, 0)}", "M2.len = lambda x: 4",
                                 "D1['len'] = lambda x: 6", "M2.__dict__.pop('len', 0)",
                                 f"globals()['G1'] = {self.const_int()}"]))

    def change_builtin(self, s):
        self.emit(self.r.choice(["globals()['abs'] = lambda x: x", "globals().pop('abs', 0)",
                                 "globals()['len'] = lambda x: 3", "globals().pop('len', 0)",
                                 "globals()['max'] = min"]))
