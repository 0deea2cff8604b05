def f():
    y = await x
