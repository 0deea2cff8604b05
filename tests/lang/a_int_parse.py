# int() of strings and literals in several bases.
print(int("12"), int("-12"), int("  7 \n"), int("+5"), int("1_000"))
print(int("ff", 16), int("0xff", 16), int("0b101", 0), int("0o17", 0), int("z", 36), int("-101", 2))
print(0xFF, 0b1011, 0o777, 1_000_000, 0xdead_beef)
print(int(3.9), int(-3.9), int(True), int())
for text in ("", "x", "1.5", "1__0", "_1", "0x", "12 3"):
    try:
        print(int(text))
    except ValueError as e:
        print("ValueError", e)
for value in (None, [], 1j):
    try:
        print(int(value))
    except TypeError as e:
        print("TypeError", e)
try:
    int("12", 1)
except ValueError as e:
    print(e)
