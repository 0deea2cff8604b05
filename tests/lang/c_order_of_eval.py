# Order of evaluation.
def t(x):
    print(x, end=" ")
    return x
def f(*a, **k): return 0
t(1) + t(2) * t(3); print()
f(t(1), *[t(2)], t(3), k=t(4), **{"z": t(5)}); print()
d = {t("k1"): t("v1"), t("k2"): t("v2")}; print()
l = [0, 1, 2]
l[t(0)], l[t(1)] = t(5), t(6); print(l)
t([0])[t(0)] = t(9); print()
l[t(1)] += t(3); print(l)
(t(1) if t(0) else t(2)); print()
t(1) < t(2) < t(0) < t(5); print()
def g(a=t("default"), *, b=t("kwdefault")): pass
print()
@(t("deco") and (lambda f: f))
def h(x: t("ann") = t("dflt")) -> t("ret"): pass
print()
class C(t(object)): x = t("body")
print()
f"{t(1)}{t(2):{t(3)}}"; print()
l[t(0):t(2):t(1)]; print()
x = [t(i) for i in (t(7), t(8)) if t(True)]; print()
assert t(1), t("never"); print()
lambda: t("never"); print("end")
t(0) and t(1) or t(2); print()
a = b = t(4); print(a, b)
print(not t(0), t(1) in t([1]))
