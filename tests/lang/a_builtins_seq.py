# Sequence builtins: zip, map, filter, enumerate, reversed, sorted, any, all.
print(list(zip("abc", range(5))), list(zip()), list(zip([1], [2], [3])))
print(list(map(str, range(3))), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])))
print(list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, range(4))))
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(reversed([1, 2, 3])), list(reversed("abc")))
print(sorted([3, 1, 2]), sorted("hello"), sorted([1, -2, 3], key=abs, reverse=True), sorted({"b": 1, "a": 2}))
print(any([0, 1]), all([1, 0]), any([]), all([]), any(x > 2 for x in range(4)))
print(len("abc"), len([]), len({1: 2}), len(range(10)), list(iter("ab")), next(iter([5])), next(iter([]), "dflt"))
print(tuple(range(3)), list((1, 2)), set([1]) == {1}, dict([("a", 1)]))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as e:
    print(e)
it = iter([1, 2, 3])
print(next(it), list(it), next(it, None))
print(isinstance(1, (str, int)), issubclass(bool, int), callable(len), callable(1), type(3) is int, type("a").__name__)
print(repr("a"), str("a"), ascii("é"), chr(65), ord("A"), hash(1) == hash(1.0), id(it) == id(it))
