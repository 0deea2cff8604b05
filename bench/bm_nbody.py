# N-body: five bodies of the solar system under a simple symplectic step.
# Float arithmetic on lists, tuple unpacking in loops.
import benchlib

PI = 3.141592653589793
SOLAR_MASS = 4 * PI * PI
DAYS = 365.24

# name: position, velocity (per day), mass (in suns)
DATA = {
    "sun": ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 1.0),
    "jupiter": ([4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
                [0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023],
                0.000954791938424326609),
    "saturn": ([8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
               [-0.00276742510726411160, 0.00499852801234917238, 0.0000230417297573763929],
               0.000285885980666130812),
    "uranus": ([12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
               [0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556],
               0.0000436624404335156298),
    "neptune": ([15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
                [0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870],
                0.0000515138902046611451),
}


def make_bodies():
    bodies = []
    for pos, vel, mass in DATA.values():
        bodies.append((list(pos), [v * DAYS for v in vel], mass * SOLAR_MASS))
    momentum = [0.0, 0.0, 0.0]
    for _, vel, mass in bodies:
        for k in range(3):
            momentum[k] += vel[k] * mass
    sun_vel = bodies[0][1]
    for k in range(3):
        sun_vel[k] = -momentum[k] / SOLAR_MASS
    return bodies


def make_pairs(bodies):
    return [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]


def energy(bodies, pairs):
    e = 0.0
    for _, (vx, vy, vz), m in bodies:
        e += 0.5 * m * (vx * vx + vy * vy + vz * vz)
    for ((x1, y1, z1), _, m1), ((x2, y2, z2), _, m2) in pairs:
        dx, dy, dz = x1 - x2, y1 - y2, z1 - z2
        e -= m1 * m2 / (dx * dx + dy * dy + dz * dz) ** 0.5
    return e


def advance(bodies, pairs, dt, steps):
    for _ in range(steps):
        for ((x1, y1, z1), v1, m1), ((x2, y2, z2), v2, m2) in pairs:
            dx = x1 - x2
            dy = y1 - y2
            dz = z1 - z2
            d2 = dx * dx + dy * dy + dz * dz
            mag = dt / (d2 * (d2 ** 0.5))
            f1 = m1 * mag
            f2 = m2 * mag
            v1[0] -= dx * f2
            v1[1] -= dy * f2
            v1[2] -= dz * f2
            v2[0] += dx * f1
            v2[1] += dy * f1
            v2[2] += dz * f1
        for pos, (vx, vy, vz), _ in bodies:
            pos[0] += dt * vx
            pos[1] += dt * vy
            pos[2] += dt * vz


def run(n):
    bodies = make_bodies()
    pairs = make_pairs(bodies)
    before = energy(bodies, pairs)
    advance(bodies, pairs, 0.01, n)
    return "%.9f %.9f" % (before, energy(bodies, pairs))


if __name__ == "__main__":
    benchlib.main(run, 40000,
                  "-0.169075164 -0.169052405")
