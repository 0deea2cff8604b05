# Wrong indentation.
if True:
print("never")
