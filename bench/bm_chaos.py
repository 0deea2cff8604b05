# Chaos: a picture drawn by a chaos game over affine maps bent by a spline.
# Operator overloading on a vector class, lists of lists, float arithmetic.
import math

import benchlib


class Rng:
    def __init__(self, seed=42):
        self.seed = seed

    def below(self, limit):
        self.seed = (self.seed * 3877 + 29573) % 139968
        return self.seed * limit // 139968


class Vec:
    def __init__(self, x=0.0, y=0.0, z=0.0):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k, self.z * k)

    __rmul__ = __mul__

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def length(self):
        return math.sqrt(self.dot(self))

    def dist(self, other):
        return (self - other).length()

    def lerp(self, other, t):
        return self * (1.0 - t) + t * other

    def __str__(self):
        return "<%.4f, %.4f, %.4f>" % (self.x, self.y, self.z)


class Spline:
    """A B-spline evaluated by de Boor's scheme."""

    def __init__(self, points, degree, knots):
        assert len(points) == len(knots) - degree + 1
        self.points = points
        self.degree = degree
        self.knots = knots

    def domain(self):
        return self.knots[self.degree - 1], self.knots[len(self.knots) - self.degree]

    def span(self, u):
        low, high = self.domain()
        if u >= high:
            return len(self.knots) - self.degree - 1
        for i in range(self.degree - 1, len(self.knots) - self.degree):
            if self.knots[i] <= u < self.knots[i + 1]:
                return i
        raise ValueError("outside the domain")

    def __call__(self, u):
        d = self.degree
        k = self.span(u)
        work = [self.points[k - d + 1 + i] for i in range(d + 1)]
        for level in range(1, d + 1):
            for i in range(d - level + 1):
                lo = self.knots[k - d + level + i]
                hi = self.knots[k + 1 + i]
                t = (u - lo) / (hi - lo)
                work[i] = work[i].lerp(work[i + 1], t)
        return work[0]

    def __len__(self):
        return len(self.points)


class Game:
    def __init__(self, splines, thickness=0.1):
        self.splines = splines
        self.thickness = thickness
        points = [s(s.domain()[0] + i / 100 * (s.domain()[1] - s.domain()[0]))
                  for s in splines for i in range(101)]
        self.min_x = min(p.x for p in points)
        self.max_x = max(p.x for p in points)
        self.min_y = min(p.y for p in points)
        self.max_y = max(p.y for p in points)
        self.width = self.max_x - self.min_x
        self.height = self.max_y - self.min_y
        self.weights = []
        for s in splines:
            low, high = s.domain()
            length = 0.0
            last = s(low)
            for i in range(1, 51):
                here = s(low + i / 50 * (high - low))
                length += last.dist(here)
                last = here
            self.weights.append(max(1, int(length * 10)))
        self.total = sum(self.weights)

    def choose(self, rng):
        pick = rng.below(self.total)
        for i, w in enumerate(self.weights):
            if pick < w:
                return i
            pick -= w
        return 0

    def transform(self, point, rng):
        spline = self.splines[self.choose(rng)]
        x = (point.x - self.min_x) / self.width
        y = (point.y - self.min_y) / self.height
        low, high = spline.domain()
        at = low + (high - low) * x
        base = spline(at)
        ahead = spline(at + 0.001 if at + 0.001 <= high else at - 0.001)
        slope = ahead - base
        size = slope.length() or 1.0
        normal = Vec(slope.y / size, -slope.x / size)
        result = base + normal * ((y - 0.5) * self.thickness)
        self.truncate(result)
        return result

    def truncate(self, p):
        p.x = min(max(p.x, self.min_x), self.max_x)
        p.y = min(max(p.y, self.min_y), self.max_y)

    def draw(self, w, h, steps, rng):
        image = [[1] * h for _ in range(w)]
        point = Vec((self.max_x + self.min_x) / 2, (self.max_y + self.min_y) / 2)
        for _ in range(steps):
            point = self.transform(point, rng)
            x = int((point.x - self.min_x) / self.width * (w - 1))
            y = int((point.y - self.min_y) / self.height * (h - 1))
            image[x][h - y - 1] = 0
        return image


def make_splines():
    knots = [0, 0, 0, 1, 1, 1]
    return [
        Spline([Vec(1.6, 0.3), Vec(2.8, 1.5), Vec(0.7, 2.9), Vec(1.0, 0.2)], 3, knots),
        Spline([Vec(0.4, 1.4), Vec(1.5, 0.3), Vec(2.2, 1.9), Vec(3.1, 0.9)], 3, knots),
        Spline([Vec(1.1, 2.2), Vec(0.3, 1.2), Vec(2.5, 0.1), Vec(2.9, 2.4)], 3, knots),
    ]


def run(n):
    image = Game(make_splines(), 0.25).draw(200, 200, n, Rng())
    black = check = 0
    for i, column in enumerate(image):
        for j, cell in enumerate(column):
            if not cell:
                black += 1
                check = (check * 31 + i * 200 + j) % 1000003
    return f"black {black} check {check}"


if __name__ == "__main__":
    benchlib.main(run, 6000,
                  "black 845 check 767607")
