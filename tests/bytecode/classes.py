@decorator
@other(1)
class C(Base, metaclass=Meta, **kw):
    """Doc."""
    x: int = 1
    y: str

    def __init__(self, a=1, *, b: int = 2) -> None:
        super().__init__(a)
        self.__private = b

    def who(self):
        return __class__

class D(*bases):
    n = 1
    def f(self):
        return n
