# Methods of strings.
s = "  Hello, World  "
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), s.lower(), s.upper(), s.swapcase())
print("hello world".title(), "hello".capitalize(), "abc".center(9, "*"), "abc".ljust(5, "."), "abc".rjust(5), "7".zfill(3), "-7".zfill(4))
print("a,b,,c".split(","), " a  b ".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(), "".split(","))
print("-".join(["a", "b", "c"]), "".join([]), ", ".join(str(i) for i in range(4)))
print("banana".find("an"), "banana".rfind("an"), "banana".find("x"), "banana".index("n"), "banana".count("an"), "banana".count(""), "banana".find("a", 2, 4))
print("banana".replace("an", "AN"), "banana".replace("a", "", 2), "abc".replace("", "-"))
print("abc".startswith("ab"), "abc".endswith("bc"), "abc".startswith(("x", "a")), "abc".startswith("b", 1))
print("123".isdigit(), "12a".isdigit(), "abc".isalpha(), "ab1".isalnum(), " \t".isspace(), "Ab".isupper(), "AB".isupper(), "ab".islower(), "Ab Cd".istitle(), "a_1".isidentifier())
print("a\nb\r\nc".splitlines(), "a\nb\n".splitlines(True))
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="))
print("xxabcxx".strip("x"), "abcba".strip("ab"), "prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"))
print("a\tb".expandtabs(4), "abc".translate({97: "X", 98: None}), "hello".translate(str.maketrans("el", "ip")))
print("straße".casefold(), "ß".upper(), "ǆ".title())
for f in (lambda: "a".index("z"), lambda: ",".join([1]), lambda: "a".split("")):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)

# sizes that do not fit, and how often something is replaced
for size in (2 ** 40, 2 ** 80, -(2 ** 40), 1.5, "8"):
    for text in ("a\tb", b"a\tb"):
        try:
            print(text.expandtabs(size))
        except (OverflowError, TypeError) as error:
            print(type(error).__name__, error)
for count in (-1, 0, 1, 2, 5):
    print("aXaXaX".replace("X", "--", count), "aaaa".replace("aa", "a", count),
          "äöä".replace("ä", "\u20ac", count))
