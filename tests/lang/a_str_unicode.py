# Strings beyond ASCII.
for s in ("é", "日本語", "a😀b", "\u0301e", "\x80\xff", "Ω≈ç"):
    print(s, len(s), repr(s), ascii(s), s[::-1], [ord(c) for c in s], s.encode("utf-8"), s.upper())
print("é" == "\xe9", "é" < "z", "日" in "日本", "a😀b"[1], "a😀b".find("b"))
print("naïve".encode("latin-1"), b"caf\xc3\xa9".decode(), "x".encode("utf-16-le"))
print(repr("\x00\x1f\x7f\xa0\u200b\ud800"), repr("\n\t\r\\"))
for f in (lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: b"\xc3".decode("utf-8")):
    try:
        f()
    except UnicodeError as e:
        print(type(e).__name__, e)
print("é".encode("ascii", "ignore"), "é".encode("ascii", "replace"), b"a\xffb".decode("utf-8", "replace"))
