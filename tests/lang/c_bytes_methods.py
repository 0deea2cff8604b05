# bytes and bytearray in more depth.
b = bytearray(b"hello world")
b[0:5] = b"HOWDY!"
print(b, b.find(b"w"), b.index(0x77), b.count(b"o"), b.split(), b.partition(b" "), b.title(), b.center(16, b"*"))
del b[::2]
b.insert(0, 33); b.reverse(); b.remove(33)
print(b, b * 2, b + b"z", bytes(b), list(b[:3]), b.hex(":"))
print(b"a,b".split(b","), b"abc".translate(bytes(range(256))), b"%x|%5s|%-4d|" % (255, b"q", 7), b"ab".ljust(4, b"."), b"\x00\x01".hex(), b"A" < b"a", b"x".isupper(), b"1".isdigit())
print(int.from_bytes(b"\xff\xfe", "little"), int.from_bytes(b"\xff\xfe", "big", signed=True), (-2).to_bytes(2, "big", signed=True), (2 ** 70).to_bytes(10, "little"))
m = memoryview(bytearray(b"abcdef"))
m[0] = 90
m[1:3] = b"yx"
print(bytes(m), m[::2].tolist(), m.nbytes, m.readonly, len(m))
for f in (lambda: b"a" + "b", lambda: bytes([-1]), lambda: b"abc"[0:1] == 97, lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: bytes.fromhex("zz"), lambda: b"".join(["a"])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
t = 0
for c in b"some bytes": t += c
print(t, b"\n".join([b"a", b"b"]).splitlines(), b"aXbX".rsplit(b"X", 1), bytes(b"abc").startswith(b"ab"), b"abc".endswith((b"x", b"c")))
