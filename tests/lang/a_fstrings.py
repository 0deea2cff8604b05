# f-strings.
x, name, pi = 42, "world", 3.14159
print(f"{x} {name} {pi:.2f} {x:5d}| {name!r:>10} {x + 1} {x:#x} {'q'}")
print(f"{x=} {name=!s} {pi=:.1f} {x + 1 = }")
w = 8
print(f"{name:>{w}}|{pi:{w}.{2}f}|{name:{'*'}^{w}}")
print(f"{{literal}} {x}{{}}", f"a" "b" f"{x}", f"{[i for i in range(3)]} {({'a': 1})['a']}")
print(f"{'yes' if x > 1 else 'no'} {(lambda v: v * 2)(x)} {name[1:3]} {name.upper()}")
print(f"""multi
{x}
line""", rf"\n{x}", f"{x!r}{x!s}{name!a}")
print(f"{1e10} {True} {None} {1,2} {x:,} {10 ** 9:_} {-x:+05d}")
print(f"{'nested ' + f'{x}'}", f"{x:{f'>{w}'}}")
