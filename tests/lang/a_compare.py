# Comparisons and chains.
print(1 < 2, 2 <= 2, 3 > 4, 4 >= 4, 1 == 1.0, 1 != 2)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1, 1 < 2 > 0, 1 == 1 < 2, 1 < 2 == 2)
print("a" < "b", "a" < "aa", "Z" < "a", "" < "a", "abc" == "abc", "abc" > "abd")
print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], (1, 2) == (1, 2), (1, 2) < (1, 2, 3))
print([1, [2, 3]] == [1, [2, 3]], [1, 2] != [1, 2], {"a": 1} == {"a": 1.0})
print(None is None, [] is not None, 3 in [1, 2, 3], 4 not in (1, 2), "b" in "abc", "x" in {"x": 1})
x = y = [1]
print(x is y, x is list(x), x == [1])
def noisy(v):
    print("eval", v)
    return v
print(noisy(1) < noisy(0) < noisy(5))
print(noisy(1) < noisy(2) < noisy(3))
for a, b in ((1, "a"), ([], ()), (None, 1), ({}, {}), (1j, 2)):
    try:
        print(a < b)
    except TypeError as e:
        print(e)
