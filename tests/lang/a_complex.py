# Complex numbers.
z = 3 + 4j
print(z, z.real, z.imag, abs(z), z.conjugate(), -z, z + 1, z * 2j, z / (1 - 1j), z ** 2, z == 3 + 4j, z != 3)
print(1j * 1j, 0j, -0j, complex(1, 2), complex("1+2j"), complex(3), 1j ** 2, 2 ** 1j == 2 ** 1j, (1 + 0j) == 1, hash(1 + 0j) == hash(1))
print(complex(1.5, -0.0), complex(float("inf"), float("nan")), repr(1e20j), bool(0j), str(-1j))
for f in (lambda: z < 1, lambda: z / 0, lambda: int(z), lambda: complex("x"), lambda: z // 1):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
