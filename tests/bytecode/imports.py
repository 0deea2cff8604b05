from __future__ import annotations
import a, b.c, d.e.f as g
from h import i, j as k
from .. import l
from .m import n

def f(x: int | None, *y: List["a"]) -> dict[str, int]:
    import a.b as c
    return c

v: lambda z, *, q=1: (yes if z else no)[1:2, ::3] = 5
