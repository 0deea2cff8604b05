# Exceptions raised and caught inside hot loops.
class E(Exception):
    pass
def may(i):
    if i % 7 == 0:
        raise E(i)
    if i % 11 == 0:
        return [][i]
    return i
def run(n):
    got = lost = total = fin = 0
    for i in range(n):
        try:
            total += may(i)
        except E as e:
            got += e.args[0]
        except IndexError:
            lost += 1
        else:
            total += 1
        finally:
            fin += 1
    return got, lost, total, fin
print(run(3000))
def late(n):
    for i in range(n):
        if i == n - 3:
            raise ValueError(i)
    return "no"
for k in range(5):
    try:
        print(late(1000 + k))
    except ValueError as e:
        print("late", e)
def nested(n):
    out = 0
    for i in range(n):
        try:
            try:
                if i % 3 == 0:
                    {}[i]
            except KeyError:
                if i % 2:
                    raise ValueError("odd")
                out += 1
            finally:
                out += 10
        except ValueError as e:
            out += len(str(e))
    return out
print(nested(1000))
def cont(n):
    c = []
    for i in range(n):
        try:
            if i % 5 == 0:
                continue
            if i == n - 2:
                break
        finally:
            if i % 250 == 0:
                c.append(i)
    return c, i
print(cont(1500))
