if a
    pass