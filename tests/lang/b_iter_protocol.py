# Iterators written as classes.
class Count:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i
class Seq:
    def __getitem__(self, i):
        if i >= 4:
            raise IndexError
        return i * 10
class It:
    def __iter__(self): return iter([7, 8])
print(list(Count(3)), sum(Count(4)), [x for x in Seq()], list(It()), 20 in Seq(), 8 in It(), 5 in Count(3), max(Count(5)))
a, b, c = Count(3)
print(a, b, c, *Count(2), list(zip(Count(5), Seq())))
it = iter(lambda l=[3, 2, 1]: l.pop(), 3)
print(list(it))
class NoIter: pass
class BadIter:
    def __iter__(self): return 5
for o in (NoIter(), BadIter(), 5, None):
    try:
        for _ in o: pass
    except TypeError as e:
        print(e)
class Rev:
    def __reversed__(self): return iter("rev")
    def __len__(self): return 3
    def __getitem__(self, i): return i
print(list(reversed(Rev())), list(reversed(range(3))), reversed([1]).__length_hint__())
