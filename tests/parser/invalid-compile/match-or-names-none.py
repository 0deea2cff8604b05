match x:
    case 1 | [z]: pass
