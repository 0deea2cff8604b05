if a:
    b
  c