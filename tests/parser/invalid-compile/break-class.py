for x in y:
    class C:
        if 1:
            break
