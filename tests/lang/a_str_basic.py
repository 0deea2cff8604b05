# Strings: indexing, slices, concatenation, iteration.
s = "hello world"
print(len(s), s[0], s[-1], s[2:5], s[:5], s[6:], s[::-1], s[::2], s[-5:-1], s[20:], s[5:2])
print(s + "!", s * 2, "-" * 10, "" * 5, "ab" "cd")
print("ell" in s, "xyz" in s, "" in s)
print([c for c in s[:5]], list("abc"), tuple("ab"))
print(ord("a"), chr(98), ord("€"), chr(8364), chr(0x1F600))
print(min(s), max(s), sorted("banana"))
for i in (11, -12):
    try:
        s[i]
    except IndexError as e:
        print(e)
try:
    s[0] = "x"
except TypeError as e:
    print(e)
try:
    "a" + 1
except TypeError as e:
    print(e)
print("""multi
line""", 'a\
b', r"raw\n", "a\tb\\", "\x41\u0042\N{LATIN SMALL LETTER C}\103")
acc = ""
for i in range(20):
    acc += str(i)
print(acc, len(acc), str(12) + str(1.5) + str(None) + str([1, "a"]))
