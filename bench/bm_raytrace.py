# Raytrace: spheres over a checkered floor with reflections and shadows.
# Vectors with operators, polymorphic shapes, recursion, float arithmetic.
import math

import benchlib

EPSILON = 0.00001


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def __neg__(self):
        return Vector(-self.x, -self.y, -self.z)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k, self.z * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def cross(self, o):
        return Vector(self.y * o.z - self.z * o.y,
                      self.z * o.x - self.x * o.z,
                      self.x * o.y - self.y * o.x)

    @property
    def magnitude(self):
        return math.sqrt(self.dot(self))

    def normalized(self):
        return self * (1.0 / self.magnitude)

    def reflect(self, normal):
        return self - normal * (2 * self.dot(normal))


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction.normalized()

    def at(self, t):
        return self.origin + self.direction * t


class Sphere:
    def __init__(self, centre, radius):
        self.centre = centre
        self.radius = radius

    def intersect(self, ray):
        cp = self.centre - ray.origin
        v = cp.dot(ray.direction)
        disc = self.radius * self.radius - (cp.dot(cp) - v * v)
        if disc < 0:
            return None
        return v - math.sqrt(disc)

    def normal_at(self, p):
        return (p - self.centre).normalized()


class Plane:
    def __init__(self, point, normal):
        self.point = point
        self.normal = normal.normalized()

    def intersect(self, ray):
        v = ray.direction.dot(self.normal)
        if abs(v) < EPSILON:
            return None
        return (self.point - ray.origin).dot(self.normal) / v

    def normal_at(self, p):
        return self.normal


class Surface:
    def __init__(self, colour=(1.0, 1.0, 1.0), specular=0.2, lambert=0.6, ambient=0.2):
        self.colour = colour
        self.specular = specular
        self.lambert = lambert
        self.ambient = ambient

    def colour_at(self, p):
        return self.colour


class Checkers(Surface):
    def __init__(self, other=(0.0, 0.0, 0.0), step=1.0, **kwargs):
        super().__init__(**kwargs)
        self.other = other
        self.step = step

    def colour_at(self, p):
        k = int(math.floor(p.x / self.step)) + int(math.floor(p.z / self.step))
        return self.colour if k % 2 == 0 else self.other


def mix(a, k, b):
    return tuple(x + k * y for x, y in zip(a, b))


class Scene:
    def __init__(self):
        self.objects = []
        self.lights = []
        self.depth = 0
        self.rays = 0

    def add(self, shape, surface):
        self.objects.append((shape, surface))

    def nearest(self, ray):
        best = None
        for shape, surface in self.objects:
            t = shape.intersect(ray)
            if t is not None and t > EPSILON and (best is None or t < best[0]):
                best = (t, shape, surface)
        return best

    def visible(self, light, p):
        ray = Ray(p, light - p)
        far = (light - p).magnitude
        for shape, _ in self.objects:
            t = shape.intersect(ray)
            if t is not None and EPSILON < t < far:
                return False
        return True

    def trace(self, ray):
        if self.depth > 3:
            return (0.0, 0.0, 0.0)
        self.depth += 1
        self.rays += 1
        try:
            hit = self.nearest(ray)
            if hit is None:
                return (0.1, 0.1, 0.2)
            t, shape, surface = hit
            return self.shade(ray, ray.at(t), shape, surface)
        finally:
            self.depth -= 1

    def shade(self, ray, p, shape, surface):
        normal = shape.normal_at(p)
        base = surface.colour_at(p)
        colour = (0.0, 0.0, 0.0)
        if surface.specular > 0:
            bounced = Ray(p, ray.direction.reflect(normal))
            colour = mix(colour, surface.specular, self.trace(bounced))
        lit = 0.0
        for light in self.lights:
            if self.visible(light, p):
                amount = (light - p).normalized().dot(normal)
                if amount > 0:
                    lit += amount
        colour = mix(colour, surface.lambert * min(1.0, lit), base)
        return mix(colour, surface.ambient, base)

    def render(self, width, height):
        eye = Vector(0.0, 1.8, 10.0)
        forward = (Vector(0.0, 3.0, 0.0) - eye).normalized()
        right = forward.cross(Vector(0.0, 1.0, 0.0)).normalized()
        up = right.cross(forward)
        half = math.tan(math.pi * 45 / 360)
        pixels = bytearray()
        for y in range(height):
            for x in range(width):
                dx = right * ((2 * x / (width - 1) - 1) * half)
                dy = up * ((1 - 2 * y / (height - 1)) * half * height / width)
                r, g, b = self.trace(Ray(eye, forward + dx + dy))
                pixels.append(min(255, int(r * 255)))
                pixels.append(min(255, int(g * 255)))
                pixels.append(min(255, int(b * 255)))
        return pixels


def make_scene():
    scene = Scene()
    scene.lights.append(Vector(30.0, 30.0, 10.0))
    scene.lights.append(Vector(-10.0, 100.0, 30.0))
    scene.add(Sphere(Vector(1.0, 3.0, -10.0), 1.0), Surface(colour=(1.0, 1.0, 0.0)))
    for y in range(6):
        scene.add(Sphere(Vector(-3.0 - y * 0.4, 2.3, -5.0), 0.4),
                  Surface(colour=(y / 6.0, 1 - y / 6.0, 0.5)))
    scene.add(Plane(Vector(0.0, 0.0, 0.0), Vector(0.0, 1.0, 0.0)), Checkers())
    return scene


def run(n):
    scene = make_scene()
    pixels = scene.render(n, n * 3 // 4)
    # Sums of blocks, not every bit: robust against the last bit of a tan().
    return f"rays {scene.rays} light {sum(pixels) // 100}"


if __name__ == "__main__":
    benchlib.main(run, 130,
                  "rays 17134 light 21731")
