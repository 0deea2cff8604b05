# Globals and builtins rebound during a hot loop.
factor = 2
def scale(x):
    return x * factor
def total(n):
    global factor, scale
    t = 0
    for i in range(n):
        t += scale(i)
        if i == 700:
            factor = 3
        if i == 1400:
            factor = 0.5
        if i == 1800:
            scale = lambda x: -x
    return t
print(total(2500))
def use_len(n):
    t = 0
    for i in range(n):
        t += len("abc")
        if i == 800:
            globals()["len"] = lambda s: 100
        if i == 1200:
            del globals()["len"]
    return t
print(use_len(1600))
import builtins
saved = builtins.abs
def use_abs(n):
    t = 0
    for i in range(n):
        t += abs(-1)
        if i == 900:
            builtins.abs = lambda v: 50
        if i == 1000:
            builtins.abs = saved
    return t
print(use_abs(1500))
def gone(n):
    global temp
    temp = 1
    t = 0
    for i in range(n):
        if i == 1000:
            del temp
        try:
            t += temp
        except NameError:
            t += 1000
            temp = 2
    return t
print(gone(1500))
for i in range(2000):
    if i == 1500:
        i_seen = i
print(i, i_seen)
