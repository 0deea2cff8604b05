# str.format and format().
print("{} {} {}".format(1, "a", 2.5), "{1} {0} {1}".format("a", "b"), "{x} {y!r}".format(x=1, y="q"))
print("{:5d}|{:<5}|{:>5}|{:^5}|{:*^7}|{:05d}|{:+d}|{: d}".format(1, 2, 3, 4, "m", 42, 7, 8))
print("{:.2f} {:8.3f} {:e} {:g} {:%} {:.1%} {:n}".format(1.234, 2.5, 12345.678, 0.0001, 0.25, 0.123, 5))
print("{:x} {:X} {:o} {:b} {:#x} {:#b} {:c} {:,} {:_} {:,.2f}".format(255, 255, 8, 5, 255, 5, 97, 1234567, 1234567, 1234567.891))
print("{0[1]} {1[k]} {2.real}".format([1, 2], {"k": "v"}, 5), "{{}} {}".format(1))
print("{:{}}|{:{w}.{p}}".format("a", 5, "abcdef", w=8, p=3), "{:10s}|{:.2s}".format("ab", "xyz"))
print(format(3.14159, ".3"), format(10, "b"), format("x", ">4"), format(True), format(None), format(1e20), format(12, "5"), format(2 ** 70, ","))
print("{:=+8d}|{:08.2f}|{:-^20}|{:+.1e}".format(42, -3.14159, "mid", 123456))
for f in (lambda: "{}".format(), lambda: "{x}".format(), lambda: "{:d}".format("a"), lambda: "{:q}".format(1), lambda: "{".format(), lambda: "{:s}".format(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
