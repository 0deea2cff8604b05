match x:
    case A(b=1, 2): pass