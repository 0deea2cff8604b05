match x:
    case {1: y, **y}: pass
