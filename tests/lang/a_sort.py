# Sorting.
a = [5, 2, 9, 1, 5, 6]
print(sorted(a), sorted(a, reverse=True), a)
a.sort(key=lambda x: -x)
print(a)
words = ["banana", "Apple", "cherry", "apple", "fig"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=lambda w: (len(w), w), reverse=True))
pairs = [(i % 3, i) for i in range(12)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
print(sorted([0.5, 1, -2, True, 0]), sorted([[2], [1, 2], [1]]), sorted([2 ** 70, -2 ** 70, 0]))
seed = 7
big = []
for i in range(500):
    seed = (seed * 3877 + 29573) % 139968
    big.append(seed)
s = sorted(big)
print(s[:5], s[-5:], all(x <= y for x, y in zip(s, s[1:])), sorted(s, reverse=True) == s[::-1])
for bad in ([1, "a"], [None, 1], [(1, "a"), (1, 2)]):
    try:
        sorted(bad)
    except TypeError as e:
        print(e)
