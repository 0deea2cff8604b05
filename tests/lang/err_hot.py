# An uncaught exception out of a loop that is hot.
def work(i):
    return 100 // (2500 - i)


def run(n):
    t = 0
    for i in range(n):
        t += work(i)
    return t


print(run(2000))
print(run(3000))
