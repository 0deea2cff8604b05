# exec, eval, compile and namespaces.
ns = {"x": 5}
exec("y = x * 2\nfor i in range(3): y += i", ns)
print(ns["y"], "i" in ns, "__builtins__" in ns)
print(eval("x + y", ns), eval("a + b", {"a": 1}, {"b": 2}), eval(" 1+1 "))
c = compile("z = 3", "<s>", "exec")
exec(c)
print(z, eval(compile("z * 2", "<e>", "eval")))
def f():
    v = 1
    exec("v = 2")
    return v, eval("v + 1")
print(f())
for src in ("1 +", "def f(:", "x = = 2", "if True:\nprint(1)", "return 5", "(1", "'abc", "break", "a b", "1 = x", "f(a=1, 2)", "nonlocal q"):
    try:
        exec(src)
    except SyntaxError as e:
        print(type(e).__name__, e.msg, e.lineno)
class D(dict):
    def __missing__(self, k): return k.upper()
print(eval("foo + bar", {}, D()))
exec("class Q:\n    def m(self): return 7")
print(Q().m())
