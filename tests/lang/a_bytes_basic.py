# bytes and bytearray.
b = b"hello"
print(b, len(b), b[0], b[1:3], b[::-1], list(b), b + b"!", b * 2, 104 in b, b"ell" in b)
print(bytes(3), bytes([65, 66]), bytes("é", "utf-8"), bytes(range(3)), bytes.fromhex("0aff"), b.hex())
print(b.upper(), b.find(b"l"), b.split(b"e"), b.replace(b"l", b"L"), b.startswith(b"he"), b"-".join([b"a", b"b"]), b.decode(), b"  x ".strip())
a = bytearray(b"abc")
a.append(100)
a[0] = 90
a.extend(b"xy")
a += b"!"
del a[1]
a[1:2] = b"--"
print(a, len(a), bytes(a), a.pop(), a, a == bytes(a), a[0], a[1:3])
print(b < b"help", b == "hello", hash(b) == hash(b"hello"), {b: 1}[b"hello"], b.isalpha(), b"%d-%s" % (5, b"x"))
for f in (lambda: bytes([256]), lambda: b[10], lambda: b + "x", lambda: bytearray(b"a").append(300), lambda: bytes("x")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
m = memoryview(b"abcdef")
print(m[1], bytes(m[2:4]), len(m), m.tolist())
