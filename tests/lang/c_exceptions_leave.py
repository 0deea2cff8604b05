# exceptions that leave functions whose entry is hot, by every kind of caller
class Missing(KeyError):
    pass


TABLE = {i: i for i in range(0, 60, 2)}


def look(key):
    try:
        return TABLE[key]
    except KeyError:
        raise Missing(key) from None


def checked(n):
    if n % 5 == 0:
        raise ValueError(n)
    return n


class Box:
    def __init__(self, n):
        self.n = checked(n)

    def __add__(self, other):
        return checked(self.n + other)

    def __lt__(self, other):
        return checked(self.n) < other

    @property
    def double(self):
        return checked(self.n) * 2


def numbers(n):
    for i in range(1, n):
        yield checked(i)


def recursive(n):
    if n == 0:
        raise RecursionError("the end")
    return 1 + recursive(n - 1)


def caught(f, *args):
    try:
        return f(*args)
    except (Missing, ValueError) as e:
        return type(e).__name__, e.args, e.__cause__, e.__suppress_context__
    except (ZeroDivisionError, RecursionError) as e:
        depth, tb = 0, e.__traceback__
        while tb:
            depth, tb = depth + 1, tb.tb_next
        return str(e), depth


def run(n):
    seen = {}
    for i in range(n):
        for r in (caught(look, i % 61), caught(checked, i), caught(Box, i),
                  caught(lambda: Box(1) + i), caught(lambda: Box(1) < i),
                  caught(lambda: Box(i).double),
                  caught(lambda: sum(numbers(i % 9))),
                  caught(recursive, i % 7), caught(lambda: 1 // (i % 2))):
            key = r[0] if isinstance(r, tuple) else "fine"
            seen[key] = seen.get(key, 0) + 1
    print(sorted(seen.items()))
    return caught(recursive, 40), caught(look, 1), caught(checked, 10)


print(run(400))
tuples = [(KeyError, ValueError), (), (OSError,), (ValueError, (TypeError, KeyError)),
          ((((ValueError,),),),)]
count = 0
for i in range(300):
    try:
        try:
            raise ValueError(i) if i % 3 else KeyError(i)
        except tuples[i % 5]:
            count += 1
    except Exception as e:
        count += 1000
print(count)
try:
    for i in range(200):
        try:
            raise ValueError(i)
        except (KeyError, 5 if i == 199 else TypeError):
            pass
        except ValueError:
            count += 1
except TypeError as e:
    print(e, count)
