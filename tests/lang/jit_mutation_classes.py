# Classes, functions and descriptors that change while hot loops use them.
import sys
N = 300
def run(name, f, *changes):
    out = []
    for c in (None,) + changes:
        if c: c()
        try: out.append(f())
        except Exception as e: out.append(repr(e))
    print(name, out)

# property.__init__
class C1:
    x = property(lambda s: 1)
c = C1()
def f():
    t = 0
    for i in range(N): t += c.x
    return t
run('property', f, lambda: C1.__dict__['x'].__init__(lambda s: 2))
# staticmethod.__init__, classmethod.__init__
class C2:
    s = staticmethod(lambda: 1)
    k = classmethod(lambda cls: 10)
o2 = C2()
def f():
    t = 0
    for i in range(N): t += o2.s() + C2.s() + o2.k() + C2.k()
    return t
run('static', f, lambda: C2.__dict__['s'].__init__(lambda: 2), lambda: C2.__dict__['k'].__init__(lambda cls: 20))
# __class__ assignment
class A:
    def m(self): return 1
class B:
    def m(self): return 2
a = A()
def f():
    t = 0
    for i in range(N): t += a.m()
    return t
def ch(): a.__class__ = B
run('class', f, ch)
# __bases__
class P1:
    def m(self): return 1
class P2:
    def m(self): return 2
class D(P1): pass
d = D()
def f():
    t = 0
    for i in range(N): t += d.m()
    return t
def ch(): D.__bases__ = (P2,)
run('bases', f, ch)
# __getattr__, __getattribute__ later
class G: pass
g = G(); g.x = 1
def f():
    t = 0
    for i in range(N):
        try: t += g.x
        except AttributeError: t += 1000
        try: t += g.y
        except AttributeError: t += 100
    return t
def ch1(): G.__getattr__ = lambda s, n: 5
def ch2(): G.__getattribute__ = lambda s, n: 7
def ch3(): del G.__getattribute__
def ch4(): del g.x
run('getattr', f, ch1, ch2, ch3, ch4)
# __dict__ assignment
class H: pass
h = H(); h.x = 1; h.y = 2
def f():
    t = 0
    for i in range(N): t += h.x * 10 + h.y
    return t
def ch(): h.__dict__ = {'y': 5, 'x': 7}
def ch2(): h.__dict__['x'] = 8
def ch3(): h.__dict__.update(x=9, z=3)
def ch4(): vars(h).pop('x'); h.x = 11
run('dict', f, ch, ch2, ch3, ch4)
# data descriptor put over instance attribute
class I: pass
i_ = I(); i_.v = 1
def f():
    t = 0
    for i in range(N): t += i_.v
    return t
def ch(): I.v = property(lambda s: 3)
def ch2(): I.v = 9
def ch3(): del I.v
run('shadow', f, ch, ch2, ch3)
# setattr hooks
class J: pass
j = J()
log = []
def f():
    for i in range(N): j.q = i
    return (j.__dict__.get('q'), len(log))
def ch(): J.__setattr__ = lambda s, n, v: log.append(v)
def ch2(): del J.__setattr__
def ch3(): J.q = property(lambda s: 1, lambda s, v: log.append(v))
run('setattr', f, ch, ch2, ch3)
# operators changed
class K:
    def __init__(self, v): self.v = v
    def __add__(self, o): return 1
    def __eq__(self, o): return True
    def __lt__(self, o): return True
    def __bool__(self): return True
    def __len__(self): return 3
    def __getitem__(self, i): return i
    def __contains__(self, x): return True
    def __iter__(self): return iter([1, 2])
    def __call__(self): return 1
    def __neg__(self): return 1
    def __hash__(self): return 1
    def __int__(self): return 1
    def __index__(self): return 1
k = K(1); k2 = K(2)
def f():
    t = 0
    for i in range(N):
        t += k + k2
        t += (k == k2) + (k < k2) + (1 if k else 0) + len(k) + k[i] + (i in k) + k() + (-k) + [5, 6][k]
        for x in k: t += x
        t += {k: 1}.get(k2, 50)
    return t
def ch(): K.__add__ = lambda s, o: 2
def ch2(): K.__eq__ = lambda s, o: False
def ch3(): K.__lt__ = lambda s, o: False
def ch4(): K.__bool__ = lambda s: False
def ch5(): K.__len__ = lambda s: 4
def ch6(): K.__getitem__ = lambda s, i: 2
def ch7(): K.__contains__ = lambda s, i: False
def ch8(): K.__iter__ = lambda s: iter((3, 4, 5))
def ch9(): K.__call__ = lambda s: 9
def ch10(): K.__neg__ = lambda s: 10
def ch11(): K.__index__ = lambda s: 0
def ch12(): del K.__bool__
def ch13(): del K.__contains__
def ch14(): del K.__iter__; K.__getitem__ = lambda s, i: i if i < 3 else [][i]
def ch15(): K.__radd__ = lambda s, o: 100; del K.__add__
run('operators', f, ch, ch2, ch3, ch4, ch5, ch6, ch7, ch8, ch9, ch10, ch11, ch12, ch13, ch14, ch15)
