while a
    pass