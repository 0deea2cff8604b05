# gen_expr.py - random expressions by type.  An expression mostly has the type
# that it is asked for and mostly raises nothing; Style says how mostly.
from gen_base import EDGE_FLOATS, EDGE_INTS, NAMES, STRINGS, Base


class Expressions(Base):
    def expr(self, s, kind, depth=2):
        if kind == "any":
            kind = self.r.choice(["int", "int", "float", "str", "list"])
        if self.chance(self.style.mistakes):
            kind = self.r.choice(["int", "float", "str", "list"])
        return getattr(self, "expr_" + kind)(s, depth)

    def name(self, s, kind):
        names = s.by_type[kind]
        return self.r.choice(names) if names else None

    def const_int(self):
        if not self.chance(self.style.edges):
            return str(self.r.randint(-4, 30))
        v = self.r.choice(EDGE_INTS) + self.r.choice([0, 0, 0, 1, -1])
        return str(v) if v >= 0 else f"({v})"

    def small(self, s):
        """0 to 8; an int where ints stay ints."""
        names = s.by_type["int"]
        if names and self.chance(0.7):
            return f"({self.r.choice(names)} % {self.r.randint(2, 9)})"
        return str(self.r.randint(0, 6))

    def index(self, s):
        small = self.small(s)
        if self.style.retype == "int" or small.isdigit() or not self.guarded():
            return small
        return f"whole{small}" if small[0] == "(" else small

    def key(self, s):
        if self.chance(0.4):
            return repr(self.r.choice(NAMES))
        small = self.small(s)
        if small.isdigit():
            return small
        return self.r.choice([f"key{small}", f"({small}, 1)" if self.style.retype == "int" else
                              f"key{small}"])

    def bound(self):
        return self.r.choice(["", "1", "-1", "2", "-3", "5", ""])

    # -- ints -----------------------------------------------------------
    def expr_int(self, s, depth):
        if depth <= 0:
            n = self.name(s, "int")
            return n if n and self.chance(0.8) else self.const_int()
        return self.pick(
            (6, self.int_binary), (1, self.int_bits), (2, self.int_divide), (1, self.int_shift),
            (0.8, self.int_unary), (1.2, self.int_conditional), (0.7, self.int_length),
            (1.8, self.int_item), (0.9, self.int_lookup), (1.5, self.int_attribute),
            (1.5, self.int_method), (1.8, self.int_call), (1.5, self.int_builtin),
            (0.5, self.int_fun), (3, lambda s, d: self.expr_int(s, 0)))(s, depth)

    def int_binary(self, s, depth):
        op = self.r.choice(["+", "+", "+", "-", "-", "*"])
        left = self.expr(s, "int", depth - 1)
        return f"({left} {op} {self.expr(s, 'int', depth - 1)})"

    def int_bits(self, s, depth):
        if not self.chance(self.style.bits):
            return self.int_binary(s, depth)
        left = self.expr(s, "int", depth - 1)
        return f"({left} {self.r.choice('&|^')} {self.expr(s, 'int', depth - 1)})"

    def int_divide(self, s, depth):
        op = self.r.choice(["//", "%", "%"])
        left = self.expr(s, "int", depth - 1)
        if self.chance(0.12):
            d = self.expr(s, "int", depth - 1)
            return f"({left} {op} ({d} or 3))" if self.guarded() else f"({left} {op} {d})"
        d = self.r.choice([2, 3, 7, -3, 10, 97, 1000, 65536, 2 ** 31, -2 ** 33, 2 ** 50])
        return f"({left} {op} {d})" if d > 0 else f"({left} {op} ({d}))"

    def int_shift(self, s, depth):
        if not self.chance(self.style.bits):
            return self.int_divide(s, depth)
        value = self.expr(s, "int", depth - 1)
        by = f"({self.name(s, 'int')} & {self.r.choice([7, 31, 63])})"
        if by.startswith("(None") or self.chance(0.7):
            by = str(self.r.randint(0, 40))
        return f"({value} {self.r.choice(['<<', '>>', '>>'])} {by})"

    def int_unary(self, s, depth):
        op = self.r.choice("-~+" if self.chance(self.style.bits) else "-+")
        return f"({op}{self.expr(s, 'int', depth - 1)})"

    def int_conditional(self, s, depth):
        a, c = self.expr(s, "int", depth - 1), self.cond(s, depth - 1)
        return f"({a} if {c} else {self.expr(s, 'int', depth - 1)})"

    def int_length(self, s, depth):
        kind = self.r.choice(["list", "str", "dict", "set"])
        return f"len({self.expr(s, kind, depth - 1)})"

    def int_item(self, s, depth):
        n = self.name(s, "list")
        if n is None:
            return self.int_binary(s, depth)
        if self.guarded():
            return f"({n}[{self.index(s)} % len({n})] if {n} else 0)"
        return f"{n}[{self.index(s)}]"

    def int_lookup(self, s, depth):
        n = self.name(s, "dict")
        if n is None:
            return self.int_binary(s, depth)
        if self.guarded():
            return f"{n}.get({self.key(s)}, {self.const_int()})"
        return f"{n}[{self.key(s)}]"

    def int_attribute(self, s, depth):
        n = self.name(s, "obj")
        if n is None:
            return self.int_binary(s, depth)
        return f"{n}.{self.r.choice(['n', 'n', 'm', 'twice', 'level'])}"

    def int_method(self, s, depth):
        n = self.name(s, "obj")
        if n is None:
            return self.int_binary(s, depth)
        x = self.expr(s, "int", depth - 1)
        return self.r.choice([f"{n}.step({x})", f"{n}.step({x})", f"{n}.mix({x})", f"{n}({x})",
                              f"{n}[{x}]"])

    def int_call(self, s, depth):
        if not s.functions or s.in_loop > 2:
            return self.int_binary(s, depth)
        f, n = self.r.choice(s.functions)
        args = [self.expr(s, "int", depth - 1) for _ in range(n)]
        shape = self.r.random()
        if shape < 0.15:
            return f"{f}(*({', '.join(args)},))"
        if shape < 0.3:
            return f"{f}({', '.join(args[:-1] + [f'a{n - 1}={args[-1]}'])})"
        return f"{f}({', '.join(args)})"

    def int_fun(self, s, depth):
        n = self.name(s, "fun")
        return f"{n}({self.expr(s, 'int', depth - 1)})" if n else self.int_binary(s, depth)

    def int_builtin(self, s, depth):
        r = self.r
        text = r.choice(["abs(I)", "min(I, I)", "max(I, I)", "min(I, I, I)", "int(C)",
                         "whole(I).bit_length()", "pow(whole(I), K, 1000003)", "sum(L)",
                         "divmod(I, M)[1]", "divmod(I, M)[0]", "ord((S + 'q')[0])",
                         "whole(hash(I))", "whole(F)", "S.count('a')", "int(str(whole(I)))",
                         "sum([x % 7 for x in range(J)])", "sum(x * 2 for x in range(J))",
                         "max((x % 5 for x in L), default=3)", "int(any(x > 3 for x in L))",
                         "len([x for x in L if x % 2])", "round(I)"])
        return "(" + self.fill(s, text, depth - 1) + ")"

    def fill(self, s, text, depth):
        """Puts expressions in the place of capital letters that stand alone."""
        kinds = {"I": "int", "F": "float", "S": "str", "L": "list", "D": "dict"}
        out = []
        for i, c in enumerate(text):
            alone = not (text[i - 1:i].isalnum() or text[i + 1:i + 2].isalnum())
            if alone and c in kinds:
                out.append(self.expr(s, kinds[c], depth))
            elif alone and c == "C":
                out.append(self.cond(s, depth))
            elif alone and c == "J":
                out.append(self.index(s))
            elif alone and c == "K":
                out.append(str(self.r.randint(0, 3)))
            elif alone and c == "M":
                out.append(str(self.r.choice([3, 7, 1000])))
            else:
                out.append(c)
        return "".join(out)

    # -- other types ----------------------------------------------------
    def expr_float(self, s, depth):
        r = self.r
        if depth <= 0:
            n = self.name(s, "float")
            return n if n and self.chance(0.75) else \
                r.choice(EDGE_FLOATS if self.chance(3 * self.style.edges) else EDGE_FLOATS[2:6])

        def binary():
            op = r.choice(["+", "-", "*", "+", "-"])
            other = "int" if self.chance(0.25) else "float"
            left = self.expr(s, "float", depth - 1)
            return f"({left} {op} {self.expr(s, other, depth - 1)})"

        def divide():
            d = r.choice(["2", "3.0", "-0.5", "1e5", "7"]) if self.chance(0.8) else \
                self.expr(s, "float", depth - 1) + (" or 1.5" if self.guarded() else "")
            left = self.expr(s, r.choice(["int", "float"]), depth - 1)
            return f"({left} {r.choice(['/', '/', '//', '%'])} ({d}))"

        def other():
            return self.fill(s, r.choice(
                ["float(I)", "abs(F)", "(-F)", "round(F, K)", "(F if C else F)", "(I / M)",
                 "max(F, F)", "min(F, 2.5)", "(F * 0.5 + F * 0.25)", "abs(F) ** 0.5"]), depth - 1)

        return self.pick((4, binary), (2, divide), (2, other), (2, lambda: self.expr_float(s, 0)))()

    def expr_str(self, s, depth):
        r = self.r
        if depth <= 0:
            n = self.name(s, "str")
            return n if n and self.chance(0.7) else repr(r.choice(STRINGS))
        return r.choice([
            lambda: self.fill(s, "(S + S)", depth - 1),
            lambda: f"{self.expr(s, 'str', depth - 1)}[{self.bound()}:{self.bound()}]",
            lambda: f"{self.expr(s, 'str', depth - 1)}[::{r.choice([-1, 2, -2])}]",
            lambda: f"str({self.expr(s, r.choice(['int', 'int', 'float']), depth - 1)})",
            lambda: f"f'{{{self.name(s, 'int') or 5}}}:{{{self.name(s, 'float') or 2.5}}}'",
            lambda: self.fill(s, "('%d-%s' % (whole(I), S))", 0),
            lambda: self.expr(s, "str", depth - 1) +
            f".{r.choice(['upper', 'lower', 'strip', 'title', 'swapcase'])}()",
            lambda: self.expr(s, "str", depth - 1) +
            f".replace({r.choice(STRINGS[1:4])!r}, {r.choice(STRINGS)!r})",
            lambda: f"({self.expr(s, 'str', depth - 1)} * {self.index(s)})",
            lambda: f"'{r.choice(',- ')}'.join([str(x) for x in {self.expr(s, 'list', 0)}])",
            lambda: f"chr({r.randint(60, 120)} + {self.index(s)})",
            lambda: f"format(whole({self.expr(s, 'int', 0)}), "
                    f"{r.choice(['x', ',', '+d', '>12', '08d', 'b'])!r})",
            lambda: f"({self.expr(s, 'str', 0)} + 'pq')[{self.index(s)} % 2]",
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
            lambda: self.fill(s, "(L + L)", depth - 1),
            lambda: f"{self.expr(s, 'list', depth - 1)}[{self.bound()}:{self.bound()}]",
            lambda: f"{self.expr(s, 'list', depth - 1)}[::-1]",
            lambda: f"[clip(x {r.choice(['+ 1', '* 2', '- 3', '// 5'])}) "
                    f"for x in {self.expr(s, 'list', depth - 1)}]",
            lambda: f"[x for x in range({self.index(s)}) if x {r.choice(['% 2', '> 2', '!= 1'])}]",
            lambda: f"sorted({self.expr(s, 'list', depth - 1)}, "
                    f"key=lambda x: {r.choice(['-x', 'x % 5', 'str(x)', 'x'])})",
            lambda: f"list(range({self.index(s)}))",
            lambda: f"list(map(lambda x: clip(x {r.choice(['+', '-', '*'])} "
                    f"{self.expr(s, 'int', 0)}), {self.expr(s, 'list', 0)}))",
            lambda: self.fill(s, "[*L, clip(I)]", 0),
            lambda: f"[i * k for i, k in enumerate({self.expr(s, 'list', 0)})]",
            lambda: f"[a - b for a, b in zip({self.expr(s, 'list', 0)}, "
                    f"{self.expr(s, 'list', 0)})]",
            lambda: f"sorted({self.expr(s, 'set', 0)})" if s.by_type["set"] else "[3, 1]",
            lambda: self.expr_list(s, 0),
        ])()

    def expr_dict(self, s, depth):
        n = self.name(s, "dict")
        if n and self.chance(0.8):
            return n
        return "{" + ", ".join(f"{self.r.choice(NAMES)!r}: clip({self.expr(s, 'int', 0)})"
                               for _ in range(self.r.randint(0, 3))) + "}"

    def expr_set(self, s, depth):
        n = self.name(s, "set")
        if n and self.chance(0.8):
            return n
        return f"{{{', '.join(str(self.r.randint(0, 9)) for _ in range(3))}}}"

    def expr_obj(self, s, depth):
        n = self.name(s, "obj")
        if n and self.chance(0.6):
            return n
        return f"{self.r.choice(self.classes)}({self.expr(s, 'int', 1)})"

    def cond(self, s, depth):
        r = self.r
        return r.choice([
            lambda: self.fill(s, f"I {r.choice(['<', '>', '<=', '>=', '==', '!='])} I", depth),
            lambda: f"{self.expr(s, 'int', depth)} % {r.randint(2, 7)} == {r.randint(0, 2)}",
            lambda: f"{self.expr(s, 'int', depth)} % {r.randint(20, 60)} == {r.randint(0, 9)}",
            lambda: self.fill(s, f"F {r.choice(['<', '>', '<=', '==', '!='])} F", depth),
            lambda: self.fill(s, f"S {r.choice(['<', '==', 'in', 'not in'])} S", 0),
            lambda: self.fill(s, "clip(I) in L", 0),
            lambda: f"not {self.expr(s, r.choice(['int', 'float', 'str', 'list']), 0)}",
            lambda: f"{self.key(s)} in {self.expr(s, 'dict', 0)}",
            lambda: f"{self.small(s)} in {self.expr(s, 'set', 0)}",
            lambda: f"0 <= {self.expr(s, 'int', 0)} < {self.const_int()}",
            lambda: f"isinstance({self.expr(s, 'int', 0)}, "
                    f"{r.choice(['int', 'float', '(int, str)'])})",
            lambda: self.fill(s, f"(I {r.choice(['and', 'or'])} F)", 0),
            lambda: f"{self.name(s, 'obj') or 'None'} is {r.choice(['None', 'not None'])}",
        ])()
