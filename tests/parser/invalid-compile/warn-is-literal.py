x is 1
x is not 'a'
1 is x
x is None
x is ()
x is -1
x < y is 'a'
