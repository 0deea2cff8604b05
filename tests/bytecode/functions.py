def f(a, /, b, c=1, *d, e, f=2, **g) -> int:
    """Doc."""
    return a

async def g(): pass

h = lambda x, y=f: x + y
