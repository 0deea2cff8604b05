[i for i in (lambda: (x := 1))()]
