"""A first program for Nacre: three loops that become machine code.

    tools/quickstart run
    nacre -X jit-summary examples/hello.py
"""


def collatz(limit):
    """The number below limit whose Collatz sequence is longest."""
    best = longest = 0
    for start in range(1, limit):
        n = start
        steps = 1
        while n != 1:
            if n % 2:
                n = 3 * n + 1
            else:
                n //= 2
            steps += 1
        if steps > longest:
            best, longest = start, steps
    return best, longest


def circle(points):
    """The area of the unit circle, counted on a grid."""
    inside = 0
    for row in range(points):
        y = (row + 0.5) / points
        for column in range(points):
            x = (column + 0.5) / points
            if x * x + y * y < 1.0:
                inside += 1
    return 4.0 * inside / (points * points)


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def deposit(self, amount):
        self.balance += amount
        return self


def interest(years):
    accounts = [Account("Ada"), Account("Grace"), Account("Kay")]
    for year in range(years):
        for account in accounts:
            account.deposit(100 + account.balance // 1000)
    return {account.owner: account.balance for account in accounts}


print("Hello from Nacre.")
print("longest Collatz sequence below 100000: start %d, %d steps" % collatz(100_000))
print(f"area of the unit circle: {circle(1000):.6f}")
print("balances:", interest(2000))
