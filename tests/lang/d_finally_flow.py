# finally with return, break, continue, nested; order of everything.
log = []
def out(name, v):
    print(name, v, log)
    log.clear()
def a():
    try:
        return log.append("t") or "try"
    finally:
        log.append("f")
out("a", a())
def b():
    try:
        return "try"
    finally:
        return "finally"
out("b", b())
def c():
    try:
        1 / 0
    finally:
        return "swallowed"
out("c", c())
def d():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            log.append(i)
        finally:
            log.append(-i)
    else:
        log.append("else")
    return i
out("d", d())
def e():
    while True:
        try:
            1 / 0
        except ZeroDivisionError:
            log.append("exc")
            break
        else:
            log.append("no")
        finally:
            log.append("fin")
    return "e"
out("e", e())
def f():
    for i in range(3):
        try:
            1 / 0
        finally:
            continue
    return "f"
out("f", f())
def g():
    for i in range(3):
        try:
            return i
        finally:
            if i < 2:
                continue
    return "end"
out("g", g())
def h():
    try:
        try:
            try:
                raise ValueError("1")
            finally:
                log.append("in")
        except KeyError:
            log.append("no")
        finally:
            log.append("mid")
    except ValueError as x:
        log.append(str(x))
    else:
        log.append("else")
    finally:
        log.append("out")
    return "h"
out("h", h())
def i():
    x = 1
    try:
        return x
    finally:
        x = 2
out("i", i())
def j():
    x = [1]
    try:
        return x
    finally:
        x.append(2)
out("j", j())
def k(n):
    try:
        if n == 0:
            return "zero"
        elif n == 1:
            raise ValueError
        elif n == 2:
            raise KeyError
        log.append("body")
    except ValueError:
        return "value"
    except KeyError:
        log.append("key")
    else:
        return "else"
    finally:
        log.append("finally")
    return "after"
for n in range(4):
    out("k%d" % n, k(n))
def l():
    while True:
        try:
            try:
                return "inner"
            finally:
                log.append("f1")
                break
        finally:
            log.append("f2")
    return "outer"
out("l", l())
def m():
    for a in range(2):
        for b in range(2):
            try:
                try:
                    if b == 1:
                        raise ValueError(a)
                except ValueError as e:
                    log.append(("e", e.args))
                    continue
                finally:
                    log.append(("f", a, b))
            finally:
                log.append(("g", a, b))
    try:
        e
    except NameError as x:
        log.append(type(x).__name__)
out("m", m())
def n():
    try:
        yield 1
        yield 2
    finally:
        log.append("gen fin")
        yield 3
for v in n():
    log.append(v)
out("n", None)
def o():
    with C() as c:
        return log.append("body") or "ret"
class C:
    def __init__(self, swallow=False): self.swallow = swallow
    def __enter__(self):
        log.append("enter")
        return self
    def __exit__(self, t, v, tb):
        log.append(("exit", t and t.__name__, str(v), tb is None))
        return self.swallow
out("o", o())
def p():
    for i in range(3):
        with C(True) as c:
            if i == 0:
                continue
            if i == 1:
                raise ValueError(i)
            break
    return i
out("p", p())
def q():
    with C(True), C() as b:
        raise KeyError("q")
    return "after"
out("q", q())
def r():
    try:
        with C():
            with C(True):
                raise KeyError("r")
            log.append("between")
            raise ValueError("out")
    except ValueError as e:
        return e.args
out("r", r())
def s():
    try:
        return undefined
    except NameError:
        try:
            return "x"
        finally:
            log.append("s")
    finally:
        log.append("t")
out("s", s())
def t():
    i = 0
    while i < 3:
        i += 1
        try:
            continue
        finally:
            i += 1
    else:
        return "else", i
out("t", t())
def u():
    try:
        raise ValueError("u")
    except (KeyError, (IndexError, ValueError)) as e:
        return repr(e)
try:
    out("u", u())
except TypeError as e:
    print(e)
def v():
    try:
        raise ValueError("v")
    except (KeyError, ValueError) as e:
        return repr(e)
out("v", v())
def w():
    try:
        raise ValueError
    except 5:
        pass
try:
    w()
except TypeError as e:
    print(e, "|", repr(e.__context__))
