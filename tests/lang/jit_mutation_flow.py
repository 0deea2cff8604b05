# Frames, finalisers, generators, coroutines, exceptions, subclasses of builtins in hot loops.
import sys, gc
N = 300
def run(name, f, *changes):
    out = []
    for c in (None,) + changes:
        if c: c()
        try: out.append(f())
        except Exception as e: out.append(repr(e))
    print(name, out)
# locals, frames
def f():
    t = 0
    for i in range(N):
        x = i
        if i == 200:
            d = dict(locals())
            t += d['x'] + len(d)
        if i == 250:
            t += sys._getframe().f_locals['x']
            t += sys._getframe().f_lineno - f.__code__.co_firstlineno
        t += x
    return t
run('locals', f)
# recursion limit
def r(n): return 0 if n == 0 else 1 + r(n - 1)
def f():
    t = 0
    for i in range(50): t += r(i)
    try: r(100000)
    except RecursionError as e: t += 1000000
    old = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        r(500)
    except RecursionError as e: t += 1000000
    finally: sys.setrecursionlimit(old)
    return t + r(500)
run('recursion', f)
# finalisers
class F:
    log = 0
    def __init__(self, o): self.o = o
    def __del__(self): F.log += 1
def f():
    F.log = 0
    for i in range(N):
        a = F(None); b = F(a); a.o = b
        if i % 100 == 99: gc.collect()
    del a, b
    gc.collect()
    return F.log >= 2 * N - 20 # conservative stacks keep some
run('del', f)
# gen protocol
def g(n):
    try:
        for i in range(n):
            try:
                x = yield i
                if x: yield x * 10
            except ValueError as e:
                yield 'caught ' + str(e)
    finally:
        log.append('closed')
log = []
def f():
    log.clear()
    out = []
    for k in range(60):
        it = g(5)
        out.append(next(it))
        out.append(it.send(k))
        out.append(it.throw(ValueError(k)))
        if k % 3 == 0: it.close()
        elif k % 3 == 1:
            try: it.throw(KeyError(k))
            except KeyError as e: out.append(repr(e))
        else: out.extend(it)
    return out[-7:], len(log), len(out)
run('gen', f)
def outer(n):
    for i in range(n):
        r = yield from inner(i)
        yield ('r', r)
def inner(i):
    s = 0
    for k in range(i % 4):
        s += (yield k) or 1
    return s
def f():
    out = []
    it = outer(100)
    v = None
    try:
        while True:
            x = it.send(v)
            out.append(x)
            v = len(out) % 3 or None
    except StopIteration: pass
    return hash(str(out)) and str(out[-9:]) + str(len(out))
run('yieldfrom', f)
# coroutines
class Aw:
    def __init__(self, n): self.n = n
    def __await__(self):
        s = 0
        for i in range(self.n): s += yield i
        return s
async def co(n):
    t = 0
    for i in range(n):
        t += await Aw(i % 3)
        async with CM() as c: t += c
        async for x in ag(i % 4): t += x
    return t
class CM:
    async def __aenter__(self): return 2
    async def __aexit__(self, *a): return True
async def ag(n):
    for i in range(n):
        await Aw(1)
        yield i
def f():
    c = co(80)
    v = None; steps = 0
    try:
        while True:
            c.send(v); v = 1; steps += 1
    except StopIteration as e: return e.value, steps
run('coro', f)
# exceptions in loops
class E1(Exception): pass
class E2(E1): pass
def h(i):
    if i % 5 == 0: raise E2(i)
    if i % 7 == 0: raise KeyError(i)
    return i
def f():
    t = []
    for i in range(N):
        try:
            try:
                t.append(h(i))
            except E1 as e:
                t.append(('E', e.args[0]))
                if i % 10 == 0: raise
            else:
                t.append('else')
            finally:
                t.append('f')
                if i % 9 == 0: continue
                if i == 290: break
        except KeyError as e:
            t.append(repr(e) + repr(e.__context__))
        except E2 as e:
            t.append(type(e.__context__).__name__)
            try:
                raise ValueError(i) from e
            except ValueError as v: t.append(repr(v.__cause__))
    return str(t[-12:]), len(t)
run('exc', f)
def ret(i):
    for k in range(5):
        try:
            if k == i: return k
            if k == 4: break
        finally:
            if i == 7: return 'seven'
            if i == 8: continue
    else:
        return 'else'
    return 'end'
def f(): return [ret(i % 10) for i in range(100)][-12:]
run('finally', f)
class CMx:
    def __init__(self, s): self.s = s
    def __enter__(self): return self.s
    def __exit__(self, t, v, tb): return self.s and t is not None and issubclass(t, KeyError)
def f():
    n = 0
    for i in range(N):
        try:
            with CMx(i % 2) as a, CMx(i % 3) as b:
                n += a + b
                if i % 4 == 0: raise KeyError(i)
                if i % 5 == 0: raise ValueError(i)
            n += 1000
        except (KeyError, ValueError) as e: n += e.args[0]
    return n
def ch(): CMx.__exit__ = lambda *a: False
def ch2(): CMx.__enter__ = lambda s: 5
run('with', f, ch, ch2)
def f():
    out = []
    for i in range(100):
        try:
            raise ExceptionGroup('g', [ValueError(i), KeyError(i), ExceptionGroup('h', [TypeError(i)])])
        except* (ValueError, TypeError) as e:
            out.append(len(e.exceptions))
        except* KeyError as e:
            out.append(str(e.exceptions[0]))
    return out[-4:], len(out)
run('groups', f)
# subclasses of builtins
class L(list):
    def __getitem__(self, i): return 100
    def __len__(self): return 7
    def append(self, x): super().append(x * 2)
class DD(dict):
    def __missing__(self, k): return k * 2
class I(int):
    def __add__(self, o): return I(int(self) + o + 1)
    __radd__ = __add__
class S(str):
    def __len__(self): return 99
    def __add__(self, o): return S('x')
class Fl(float):
    def __mul__(self, o): return 1.5
def f():
    l = L([1, 2]); d = DD(); t = I(0); s = S('abc'); fl = Fl(2.0); fs = 0.0
    u = 0
    for i in range(N):
        l.append(i); u += l[i % 5] + len(l) + d[i]
        t = t + i; t = i + t
        u += len(s) + len(s + 'q')
        fs += fl * 2 + 2 * fl
        u += len([x for x in l])
        if i == 150: d[200] = 5
    return u, int(t), fs, type(t).__name__
def ch(): L.__getitem__ = lambda s, i: 1
def ch2(): del L.append
def ch3(): DD.__missing__ = lambda s, k: 3
def ch4(): del I.__add__
def ch5(): L.__iter__ = lambda s: iter([1])
run('subclasses', f, ch, ch2, ch3, ch4, ch5)
# index objects
class Ix:
    def __init__(self, i): self.i = i
    def __index__(self): return self.i
def f():
    t = 0; l = list(range(10))
    for i in range(N):
        t += l[Ix(i % 10)] + sum(l[Ix(2):Ix(5)]) + len(range(Ix(3)))
        l[Ix(1)] = i
    return t
run('index', f)
# unbound locals
def f():
    t = 0
    for i in range(N):
        if i % 3 == 0: x = i
        try: t += x
        except UnboundLocalError as e: t += 1000
        if i % 3 == 1: del x
    return t
run('unbound', f)
# match
class Pt:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x = x; self.y = y
def m(v):
    match v:
        case Pt(0, y): return ('a', y)
        case Pt(x=1): return 'b'
        case Pt(x, y) if x == y: return ('c', x)
        case [a, *rest, b]: return (a, len(rest), b)
        case {'k': k, **kw}: return (k, len(kw))
        case int() | float(): return 'num'
        case str(s): return s
        case None: return 'none'
        case _: return '?'
vals = [Pt(0, 5), Pt(1, 2), Pt(3, 3), Pt(4, 5), [1, 2, 3, 4], (1, 2), {'k': 1, 'z': 2}, 5, 2.5, 'str', None, object, [1], {}]
def f(): return [m(v) for k in range(20) for v in vals][-14:]
def ch(): Pt.__match_args__ = ('y', 'x')
run('match', f, ch)
# format
class Fm:
    def __format__(self, s): return 'F' + s
    def __str__(self): return 'S'
    def __repr__(self): return 'R'
def f():
    o = Fm(); t = ''
    for i in range(100): t = f'{o:{i}}{o!r}{o!s:>3}{i:03d}{i/3:.2f}' + '%s%r' % (o, o) + str(o)
    return t
def ch(): Fm.__format__ = lambda s, x: 'G'
def ch2(): del Fm.__format__
def ch3(): Fm.__str__ = lambda s: 'T'
run('format', f, ch, ch3)
# super
class A:
    def m(self): return 1
class B(A):
    def m(self): return super().m() + 10
class C(A):
    def m(self): return super().m() + 100
class D(B, C):
    def m(self): return super().m() + 1000
d = D()
def f():
    t = 0
    for i in range(N): t += d.m()
    return t
def ch(): A.m = lambda s: 2
def ch2(): D.__bases__ = (C, B)
def ch3(): B.__bases__ = (Z,)
class Z(A):
    def m(self): return 7
def ch4(): D.__bases__ = (B,)
run('super', f, ch, ch2, ch4)
# imports
def f():
    t = 0
    for i in range(N):
        import math
        from math import floor
        t += math.floor(2.5) + floor(1.5)
    return t
import math
def ch(): math.floor = lambda x: 100
def ch2():
    m = type(sys)('math'); m.floor = lambda x: 7
    sys.modules['math'] = m
run('import', f, ch, ch2)
