def f(x):
    match x:
        case 0 | 1 | -1:
            return "number"
        case None | True:
            pass
        case [a, b] if a < b:
            return a
        case [1, *rest, [c]]:
            return rest, c
        case [*_, last]:
            return last
        case {"k": v, "l": {1: w}, **others}:
            return v, w, others
        case Point(0, y=(int() as z)) | {"z": z}:
            return z
        case a.b.c:
            return a
        case y:
            return y
