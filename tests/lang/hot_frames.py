# Locals of callers read through sys._getframe inside a hot loop.
import sys
def peek():
    return sys._getframe(1).f_locals["x"]
def run(n):
    t = x = 0
    for i in range(n):
        x = i * 2
        if i % 100 == 0:
            t += peek()
        if i == 1200:
            x = 0.5
            t += peek()
    return t
print(run(2000))
def lines(n):
    got = []
    for i in range(n):
        if i % 600 == 0:
            got.append(sys._getframe().f_lineno)
        elif i == 700:
            got.append(sys._getframe().f_code.co_name)
    return got
print(lines(1500))
def tb_lines(n):
    out = set()
    for i in range(n):
        try:
            if i % 2:
                raise ValueError
            [][i]
        except (ValueError, IndexError) as e:
            out.add(e.__traceback__.tb_lineno)
    return sorted(out)
print(tb_lines(1200))
