# The math module.
import math
print(math.sqrt(2), math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.fabs(-2), math.gcd(12, 18), math.lcm(4, 6), math.isqrt(10 ** 20))
print(math.pi, math.e, math.inf, math.nan, math.tau, math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1.0))
print(math.factorial(20), math.factorial(30), math.comb(10, 3), math.perm(5, 2), math.hypot(3, 4), math.copysign(1, -0.0), math.fmod(-7, 3), math.modf(2.5), math.frexp(10.0), math.ldexp(0.5, 4))
print(round(math.sin(1), 10), round(math.cos(1), 10), round(math.tan(1), 10), round(math.atan2(1, -1), 10), round(math.exp(1), 10), round(math.log(10), 10), math.log2(8), math.log10(1000), round(math.log(8, 2), 10), round(math.degrees(1), 8))
print(math.floor(10 ** 20), math.floor(1e20), math.fsum([0.1] * 10), math.prod([1, 2, 3, 4]), math.isclose(0.1 + 0.2, 0.3), math.dist((0, 0), (3, 4)))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.floor(math.inf), lambda: math.factorial(-1), lambda: math.exp(1000), lambda: math.sqrt("x")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
