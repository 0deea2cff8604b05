# An uncaught NameError with a suggestion.
value = 5
print(valeu)
