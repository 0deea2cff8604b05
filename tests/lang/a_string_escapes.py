# Escapes in literals of str and bytes.
print("a\x41\u0041\U00000041\101\0".replace("\0", "NUL"), "\a\b\f\v".encode(), "\"\'", '\'\"')
print(r"\x41", rb"\x41", b"\x00\xff\n", b'"\'', "\N{BULLET}", len("\\"), "a\
b")
print(repr("\\n"), repr("'"), repr('"'), repr("'\""), repr("\r\n\t\0\x1b"), repr(b"\t'\x80"))
print("abc" 'def' """ghi""", '''a'b"c''', u"u")
