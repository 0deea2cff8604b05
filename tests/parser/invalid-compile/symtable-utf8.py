def f():
    é = 1; ü = 2; global é
