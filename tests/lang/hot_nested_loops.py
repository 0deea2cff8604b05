# Nested loops with break, continue and else.
t = 0
for i in range(60):
    for j in range(60):
        if j > i:
            break
        if (i + j) % 3 == 0:
            continue
        k = 0
        while k < 3:
            k += 1
            t += i * j - k
    else:
        t += 1000
print(t)
def primes(n):
    out = []
    i = 2
    while i < n:
        for p in out:
            if p * p > i:
                out.append(i)
                break
            if i % p == 0:
                break
        else:
            out.append(i)
        i += 1
    return out
p = primes(3000)
print(len(p), p[-5:])
def sieve(n):
    f = [True] * n
    f[0] = f[1] = False
    for i in range(2, int(n ** 0.5) + 1):
        if f[i]:
            f[i * i::i] = [False] * len(f[i * i::i])
    return sum(f)
print(sieve(20000))
def matmul(n):
    a = [[i * j % 7 for j in range(n)] for i in range(n)]
    b = [[i + j for j in range(n)] for i in range(n)]
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s if i != j else s / 2
    return sum(map(sum, c))
print(matmul(25))
def collatz(n):
    best = (0, 0)
    for i in range(1, n):
        x, s = i, 0
        while x != 1:
            x = x // 2 if x % 2 == 0 else 3 * x + 1
            s += 1
        best = max(best, (s, i))
    return best
print(collatz(1000))
