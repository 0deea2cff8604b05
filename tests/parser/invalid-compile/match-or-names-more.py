match x:
    case [y] | [y, z]: pass
