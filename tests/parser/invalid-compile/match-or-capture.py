match x:
    case (y | 1) | 2: pass
