# Classes, comprehensions, exec, calls, unpacking, iterators, text and unwinding in hot loops.
import sys
N = 200
def run(name, f):
    try: print(name, f())
    except Exception as e: print(name, repr(e))
def f():
    out = []
    for i in range(N):
        class C:
            x = i
            def m(self): return self.x + i
            @property
            def p(self): return self.x * 2
            @staticmethod
            def s(a=i): return a
            @classmethod
            def c(cls): return cls.x
        o = C()
        out.append(o.m() + o.p + C.s() + o.c())
        T = type('T%d' % (i % 3), (C,), {'y': i, 'z': lambda self: self.y})
        t = T()
        out.append(t.z() + t.m())
        out.append(isinstance(t, C) + issubclass(T, C) + isinstance(o, T))
    return sum(out), len(out)
run('classes', f)
def f():
    t = 0
    for i in range(N):
        t += eval('i + 1')
        t += eval('sum(x * k for x in range(3))', {'k': i})
        d = {}
        exec('y = i * 2\ndef q(a): return a + y', {'i': i}, d)
        t += d['y']
        g = {}
        exec('z = 5\ndef q(a): return a + z', g)
        t += g['q'](i)
    return t
run('eval', f)
def f():
    t = []
    for i in range(N):
        a = [x * i for x in range(4) if x % 2]
        b = {k: v for k, v in zip('abc', range(i, i + 3))}
        c = {x % 3 for x in range(i % 7)}
        d = list(y for x in range(3) for y in range(x) if (z := x + y) > 1)
        e = [[j for j in range(k)] for k in range(3)]
        t.append((sum(a), sum(b.values()), len(c), len(d), len(e)))
        g = (lambda *p, q=i, **r: (len(p), q, len(r)))(*a, **{'s': 1})
        t.append(g)
    return t[-2:], len(t)
run('comp', f)
def var(*args, k=1, **kw): return len(args) + k + len(kw)
def pos(a, b, /, c, *, d=4): return a * 1000 + b * 100 + c * 10 + d
def f():
    t = 0
    for i in range(N):
        t += var() + var(1, 2) + var(k=i) + var(*range(i % 5), **{'x': 1, 'y': 2})
        t += pos(1, 2, 3) + pos(1, 2, c=i) + pos(*[1, 2], d=i, c=0)
        try: pos(1, 2, 3, 4)
        except TypeError as e: t += len(str(e))
        try: pos(a=1, b=2, c=3)
        except TypeError as e: t += len(str(e))
        try: var(**{'k': 1}, k=2)
        except TypeError as e: t += len(str(e))
    return t
run('args', f)
def f():
    t = 0
    for i in range(N):
        a, *b, c = range(i % 5 + 2)
        t += a + c + len(b)
        (d, e), g = (i, i + 1), i
        t += d + e + g
        try:
            x, y = range(i % 4)
            t += x + y
        except ValueError as e2: t += len(str(e2))
        l = [0] * 5
        l[i % 5], l[(i + 1) % 5] = l[(i + 1) % 5] + 1, i
        t += sum(l)
        for l[0] in range(2): pass
        t += l[0]
        a = b = c = i
        a += b; b -= 1; c **= 2
        t += a + b + c
    return t
run('unpack', f)
class It:
    def __init__(self, n): self.n = n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError
        return i
    def __len__(self): return self.n
    def __contains__(self, x): return x == 3
    def __reversed__(self): return iter([9, 8])
def f():
    t = 0
    for i in range(N):
        it = It(i % 6)
        for x in it: t += x
        t += (3 in it) + sum(reversed(it)) + len(list(it)) + sum(map(int, it)) + max(it, default=50)
        for a, b in zip(it, range(3)): t += a * b
        for k, v in enumerate(it, i): t += k - v
        t += sum(sorted(it, key=lambda z: -z)[:2]) + any(it) + all(it)
        x = iter(lambda: it.n, 3)
        t += next(x, 77)
        t += sum(filter(None, it)) + len({*it, 100}) + len((*it, *it))
    return t
run('iters', f)
def f():
    t = 0
    s = 'hello world' * 3
    for i in range(N):
        b = bytearray(b'abc'); b[i % 3] = i % 256; b += b'x'; t += sum(b)
        m = memoryview(b); t += m[1] + len(m[1:]); m.release()
        t += s.index('w', i % 5) + len(s.split('o', i % 3)) + len(s[i % 7:-2])
        t += int(f'{i:05d}'[1:3]) + len('%5.1f|%x' % (i / 3, i)) + len('{:>{w}}'.format(i, w=i % 9))
        t += ord(chr(i + 100)) + int(str(i) * 2) + len(repr(i / 7)) + round(i / 3, 2) * 100 // 1
    return t
run('text', f)
def f():
    class Stop(Exception): pass
    def inner(n):
        if n > 30: raise Stop(n)
        try: return inner(n + 1)
        finally: count[0] += 1
    t = 0
    for i in range(60):
        count = [0]
        try: inner(i % 40)
        except Stop as e:
            t += e.args[0] + count[0]
            d = 0
            tb = e.__traceback__
            while tb: d += 1; tb = tb.tb_next
            t += d
    return t
run('unwind', f)
