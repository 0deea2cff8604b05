# Names, builtins, defaults, cells and containers that change under hot loops.
import sys, builtins
N = 300
def run(name, f, *changes):
    out = [f()]
    for c in changes:
        c()
        try: out.append(f())
        except Exception as e: out.append(repr(e))
    print(name, out)
# builtins rebound
def f():
    t = 0
    for i in range(N): t += len([i]) + abs(-1) + max(1, 2)
    return t
save = builtins.len
def ch(): builtins.len = lambda x: 10
def ch2(): builtins.len = save
def ch3(): globals()['abs'] = lambda x: 7
def ch4(): globals().pop('abs')
def ch5(): builtins.max = lambda *a: 0
run('builtins', f, ch, ch2, ch3, ch4, ch5)
def g(): return 1
def f():
    t = 0
    for i in range(N): t += g()
    return t
def ch():
    global g
    def g(): return 2
def ch2():
    globals()['g'] = lambda: 3
def ch3():
    exec("def g(): return 4", globals())
def ch4():
    sys.modules['__main__'].g = lambda: 5
def ch5():
    setattr(sys.modules['__main__'], 'g', lambda: 6)
def ch6():
    del sys.modules['__main__'].__dict__['g']
run('globals', f, ch, ch2, ch3, ch4, ch5, ch6)
# defaults, kwdefaults
def d(a, b=1, *, c=2): return a + b + c
def f():
    t = 0
    for i in range(N): t += d(1) + d(1, 2) + d(1, c=5)
    return t
def ch(): d.__defaults__ = (10,)
def ch2(): d.__kwdefaults__ = {'c': 20}
def ch3(): d.__kwdefaults__['c'] = 30
def ch4(): d.__defaults__ = None
run('defaults', f, ch, ch2, ch3, ch4)
# closures
def mk():
    x = 1
    def get(): return x
    def put(v):
        nonlocal x
        x = v
    return get, put
get, put = mk()
def f():
    t = 0
    for i in range(N): t += get()
    return t
def ch(): put(5)
def ch2(): get.__closure__[0].cell_contents = 7
def ch3(): put('a')
def ch4():
    del get.__closure__[0].cell_contents
run('cells', f, ch, ch2, ch3, ch4)
# metaclass
class M(type):
    def __instancecheck__(cls, o): return True
    @property
    def p(cls): return 1
class C(metaclass=M):
    z = 5
def f():
    t = 0
    for i in range(N): t += isinstance(i, C) + C.p + C.z
    return t
def ch(): M.__instancecheck__ = lambda c, o: False
def ch2(): M.p = property(lambda c: 100)
def ch3(): C.z = 7
def ch4(): M.z = property(lambda c: 1000)
def ch5(): del M.z
def ch6(): M.__getattribute__ = lambda c, n: 3
run('meta', f, ch, ch2, ch3, ch4, ch5, ch6)
# __new__, __init__ changes
class Q:
    def __init__(self, a): self.a = a
def f():
    t = 0
    for i in range(N): t += Q(1).a
    return t
def ch():
    def __init__(self, a): self.a = a * 2
    Q.__init__ = __init__
def ch2():
    def __new__(cls, a):
        o = object.__new__(cls); o.b = 1; return o
    Q.__new__ = __new__
def ch3():
    Q.__new__ = lambda cls, a: type('X', (), {'a': 50})()
run('new', f, ch, ch2, ch3)
# slots & inheritance
class S:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1; self.b = 2
s = S()
def f():
    t = 0
    for i in range(N):
        try: t += s.a + s.b
        except AttributeError as e: t += 1000
    return t
def ch(): s.a = 1.5
def ch2(): del s.b
def ch3(): s.b = 10 ** 20
def ch4(): S.a = property(lambda s: 3)
run('slots', f, ch, ch2, ch3, ch4)
# containers changing kind in loops
def f():
    l = [1, 2, 3]
    t = []
    for i in range(N):
        if i == 100: l = (4, 5)
        if i == 150: l = 'ab'
        if i == 200: l = {1: 2}
        if i == 250: l = range(3)
        t.append(len(l))
        for x in l: t.append(x)
    return sum(x if isinstance(x, int) else ord(x) for x in t)
run('kinds', f)
def f():
    l = list(range(10)); out = 0
    for k in range(N):
        for i, x in enumerate(l):
            if k == 150 and i == 3: l.append(1.5)
            if k == 200 and i == 3: l.pop()
            if k == 250 and i == 3: l[5] = 'x' if isinstance(l[5], int) else 1
            out += i if isinstance(x, str) else x
    return out
run('lists', f)
def gen(n):
    for i in range(n): yield i
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 5: raise StopIteration
        return self.i
def f():
    t = 0
    for i in range(N):
        for x in It(): t += x
    return t
def ch(): It.__next__ = lambda s: (_ for _ in ()).throw(StopIteration)
def ch2():
    def n(s):
        s.i += 2
        if s.i > 7: raise StopIteration
        return s.i
    It.__next__ = n
run('iter', f, ch, ch2)
m = type(sys)('m'); m.x = 1
def f():
    t = 0
    for i in range(N): t += m.x
    return t
def ch(): m.x = 2
def ch2(): m.__dict__['x'] = 3
class MM(type(sys)):
    @property
    def x(self): return 50
def ch3(): m.__class__ = MM
def ch4(): m.__class__ = type(sys); del m.x; m.__getattr__ = lambda n: 77
run('module', f, ch, ch2, ch3, ch4)
