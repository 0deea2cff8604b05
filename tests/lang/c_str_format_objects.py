# Format of nested data, custom formats and keyword spreads.
class P:
    def __init__(self, x): self.x = x
    def __format__(self, s): return f"P<{self.x:{s or 'd'}}>"
print(f"{P(5)} {P(5):05d} {P(255):x}", "{:>4d} {p.x} {p.x!r:>5}".format(P(1), p=P(2)))
d = {"a": [1, {"b": 2}], "n": 3.14159}
print("{d[a][0]} {d[n]:.2f} {0} {0!r}".format("s", d=d), "{a} {n:.1f}".format(**d), "{a}".format_map(d))
print("%(a)s %(n).3f" % d, "%s" % d, "%r" % ("t",), f"{d['a'][1]['b']:>{d['a'][0] + 4}}")
for w in range(1, 6):
    print(f"{w:>{w}}|{'x' * w:^7}|{w / 3:.{w}f}|{w * 1000:,}|{-w:+}|{w:0{w}b}")
print(f"{1.0:g} {1e6:g} {1e-7:g} {123456789.0:g} {0.1:.20f} {1e21:f} {1.5e300:.3e} {float('inf'):05} {float('nan'):>6} {1e15:,.1f}")
print(f"{True:d} {True} {None!s:>6} {'é':>3} {b'x'!r} {[1]!s:>5} {10:#o} {10:#X} {3.0:n} {12345.678:,}")
print(f"{1 + 2j:.1f} {0j} {-0.0:.0f} {0.5:.0f} {1.5:.0f} {2.5:%}")
