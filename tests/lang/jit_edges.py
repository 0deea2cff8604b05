# Numbers, strs and containers at their edges, in hot loops.

import sys
def run(name, f):
    try: print(name, f())
    except Exception as e: print(name, repr(e))
E = [0, 1, -1, 2, 3, 7, -7, 10, 255, 256, 2**15, 2**31-1, 2**31, -2**31, 2**49-1, 2**49, -2**49, 2**50, 2**51+1, 2**52, 2**53, 2**53+1, 2**62, 2**63-1, 2**63, -2**63, -2**63-1, 2**64, 10**20, -10**20, True, False]
F = [0.0, -0.0, 1.0, -1.5, 0.5, 2.5, 3.5, 1e15, 1e16, 2.0**53, 1e300, -1e300, float('inf'), float('-inf'), float('nan'), 5e-324, 1.1]
def op(o, a, b):
    try:
        if o == 0: return a + b
        if o == 1: return a - b
        if o == 2: return a * b
        if o == 3: return a / b
        if o == 4: return a // b
        if o == 5: return a % b
        if o == 6: return a < b
        if o == 7: return a == b
        if o == 8: return a >= b
        if o == 9: return divmod(a, b)
        if o == 10: return a & b
        if o == 11: return a | b
        if o == 12: return a ^ b
        if o == 13: return -a
        if o == 14: return ~a
        if o == 15: return abs(a)
        if o == 16: return a << (b & 70) if isinstance(b, int) else 0
        if o == 17: return a >> (b & 70) if isinstance(b, int) else 0
        if o == 18: return a ** (b % 5) if isinstance(b, int) else a ** 2
        if o == 19: return int(a)
        if o == 20: return float(a)
        if o == 21: return hash(a) == hash(b)
        if o == 22: return min(a, b), max(a, b)
        if o == 23: return round(a)
        if o == 24: return bool(a) and b
        if o == 25: return a if a else b
        if o == 26: return str(a) + repr(b)
        if o == 27: return f'{a:>10}|{b!r:<5}'
        if o == 28: return pow(a, b % 7, 97) if isinstance(a, int) and isinstance(b, int) else None
        if o == 29: return a is b if isinstance(a, bool) else 0
        if o == 30: return a != b, not a
        if o == 31: return round(a, 1)
    except (ZeroDivisionError, TypeError, OverflowError, ValueError) as e:
        return type(e).__name__ + str(e)
def f():
    out = []
    for o in range(32):
        h = 0
        for a in E + F:
            for b in E + F:
                r = op(o, a, b)
                s = repr(r)
                for ch in s: h = (h * 31 + ord(ch)) % 1000000007
        out.append(h)
    return out
run('ops', f)
def g(o):
    out = []
    for a in E:
        t = a
        for k in range(60):
            if o == 0: t = t + 1
            elif o == 1: t = t - 1
            elif o == 2: t = t * 3
            elif o == 3: t += t
            elif o == 4: t = -t + k
            elif o == 5: t = t * t % 1000003
            elif o == 6: t = (t << 1) ^ k
            elif o == 7: t = t // 3 + k
            elif o == 8: t = t * 1.5
            elif o == 9: t = t + 0.5 if k % 2 else int(t) if t == t and abs(t) < 1e300 else 0
            elif o == 10: t = (t & 0xFFFFFFFF) * 1103515245 + 12345
            elif o == 11: t = t % -7 + k
            elif o == 12: t = ~t >> 1
        out.append(t)
    return out
for o in range(13): run('chain%d' % o, lambda: g(o))
S = ['', 'a', 'abc', 'äöü', '日本語', '😀x', 'a' * 50, 'Ab cD', ' x ', '0x1f', '12', '\n\t']
def h():
    out = 0
    for a in S:
        for b in S:
            for i in range(-4, 5):
                for r in (a + b, a[i:], a[:i], a[i:i + 2], a[::-1], a[i::2] if i else '', a * (i % 3), a.find(b), a.replace(b, '-', i), a.split(b) if b else a.split(), b.join([a, a]), a < b, a == b, b in a, a.count(b), a.startswith(b), a.upper() + b.title(), a.strip(b), len(a), hash(a) == hash(b), a.partition(b) if b else 0, a.center(i + 5, '*'), a.encode().hex(), '%s|%5.2s|%r' % (a, b, i), f'{a:^{i + 5}}', a.zfill(i), a.isalpha(), a.ljust(i + 3) + b.rjust(3)):
                    for ch in repr(r): out = (out * 31 + ord(ch)) % 1000000007
                try: r = a[i]
                except IndexError as e: r = str(e)
                for ch in repr(r): out = (out * 31 + ord(ch)) % 1000000007
    return out
run('strs', h)
def l():
    out = []
    base = list(range(10))
    for i in range(-13, 14):
        for j in range(-13, 14, 3):
            for k in (1, 2, -1, -3):
                x = base[i:j:k]
                y = base[:]
                y[i:j] = [100, 200]
                z = base[:]
                del z[i:j:k]
                w = base[:]
                try: w[i:j:k] = [7] * len(x)
                except ValueError as e: w = str(e)
                out.append((len(x), sum(x), sum(y), len(y), sum(z), len(z), w if isinstance(w, str) else sum(w)))
        try: out.append(base[i])
        except IndexError as e: out.append(str(e))
        try:
            y = base[:]; y[i] = 5; y.insert(i, 6); out.append(y.pop(i)); y.pop()
        except IndexError as e: out.append(str(e))
    h = 0
    for ch in repr(out): h = (h * 31 + ord(ch)) % 1000000007
    return len(out), h
run('lists', l)
def d():
    out = []
    keys = [0, 0.0, -0.0, False, 1, 1.0, True, '1', (1,), (1.0,), 2**70, 2.0**70, None, 'a', b'a', frozenset([1]), float('inf'), 10**400]
    for n in range(40):
        x = {}
        for i, k in enumerate(keys[n % 7:] + keys[:n % 5]):
            x[k] = i
            if i % 3 == n % 3: x.pop(keys[i % len(keys)], None)
            if i % 4 == 1: x.setdefault(keys[(i * 7) % len(keys)], -1)
        out.append(list(x.items())[:4])
        out.append(len(x))
        try:
            for k in x:
                if n % 6 == 0: x[n * 1000 + len(x)] = 1
        except RuntimeError as e: out.append(str(e))
        x |= {n: n}
        out.append(sorted(map(str, x))[:3])
        s = set(keys[:n % 10 + 1]) ^ set(keys[3:])
        out.append(len(s)); out.append(len(s & {1, 2, 'a'}) + len(s | {5}) + len(s - {0}))
    h = 0
    for ch in repr(out): h = (h * 31 + ord(ch)) % 1000000007
    return len(out), h
run('dicts', d)
def c():
    t = 0j; out = []
    for i in range(1, 300):
        t = t * (0.5 + 0.1j) + i
        if i % 50 == 0: t = t / (1 - 1j) ** 2; out.append(t)
        if i % 77 == 0: out.append(abs(t)); out.append(t.conjugate() == t)
        if i == 200: t = 3
        if i == 250: t = 2.5
    return out
run('complex', c)
x = 0.1; h = 0; s = 0.0
for i in range(20000):
    x = x * 1.0009765625 + 0.3
    if x > 1e6: x -= 999999.7
    if x ** 2 != x * x: h += 1
    s += x ** 2 - x ** 3 * 1e-7 + (i % 100) ** 2 * 0.5
print(h, repr(s))
