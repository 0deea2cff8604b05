class __A:
    __x = 1
    def __f(self, __y=2, *, __z=3):
        __w = self.__x + __y
        global __g
        __g = __z
        import __m.__n
        return lambda: self.__k(__w, __y=__z)
