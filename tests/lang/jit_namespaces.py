# One code, functions with different globals: what a name means is the
# function's business, in caches and in traces.
import sys

Module = type(sys)
code = compile("""
def f():
    return x
def g():
    global x
    x += 1
def loop(n):
    total = 0
    for i in range(n):
        total += x + len([i])
    return total
""", "f", "exec")
m1 = Module('a')
m2 = Module('b')
m1.x = 1
m2.x = 2
exec(code, m1.__dict__)
exec(code, m2.__dict__)
for i in range(3):
    print(m1.f(), m2.f(), m1.f())
    m2.g()
print([(m1.f(), m2.f()) for i in range(100)][-1])
for i in range(100):
    m1.g()
print(m1.x, m2.x)
h = type(m1.f)(m1.f.__code__, m2.__dict__)
print(h(), m1.f())
print(m1.loop(500), m2.loop(500), m1.loop(500))
m2.len = lambda items: 100
print(m1.loop(500), m2.loop(500), m1.loop(500))


def call(functions, n):
    total = 0
    for i in range(n):
        total += functions[i % len(functions)]()
    return total


print(call([m1.f, m2.f], 1000), call([m2.f], 1000), call([m1.f, m2.f, h], 999))

# plain dicts as globals
spaces = []
for i in range(4):
    space = {'x': i * 10}
    exec(code, space)
    spaces.append(space)
for space in spaces + spaces[::-1]:
    print(space['f'](), space['loop'](300))
spaces[1]['len'] = lambda items: 7
for space in spaces:
    space['g']()
    print(space['f'](), space['loop'](300))
del spaces[1]['len']
print(spaces[1]['loop'](300))

# other builtins
space = {'x': 1, '__builtins__': {'len': lambda items: 3, 'range': range}}
exec(code, space)
print(space['loop'](300), m1.loop(300))
