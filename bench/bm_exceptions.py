# Exceptions: validation by raising, retries, cleanup with finally and with,
# exceptions that cross frames, lookups by try/except.
import benchlib


class AppError(Exception):
    code = 0


class Missing(AppError, KeyError):
    code = 1


class Invalid(AppError, ValueError):
    code = 2

    def __init__(self, value, reason):
        super().__init__(f"{value!r}: {reason}")
        self.value = value


class Retry(AppError):
    code = 3


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append(1)
        return self

    def __exit__(self, kind, value, tb):
        self.log.pop()
        return kind is not None and issubclass(kind, Retry)


TABLE = {i: i * i for i in range(0, 100, 3)}


def lookup(key):
    try:
        return TABLE[key]
    except KeyError:
        raise Missing(key) from None


def validate(value):
    if value % 7 == 0:
        raise Invalid(value, "seven")
    if value % 11 == 0:
        raise Retry()
    return value


def process(i, log):
    with Guard(log):
        return validate(lookup(i % 100))
    return -1


def attempt(i, stats, log):
    try:
        result = process(i, log)
    except Invalid as e:
        stats["invalid"] += 1
        return len(str(e))
    except (Missing, IndexError) as e:
        stats["missing"] += 1
        return e.code
    else:
        stats["fine"] += 1
        return result
    finally:
        stats["all"] += 1


def parse_all(texts):
    total = 0
    for text in texts:
        try:
            total += int(text)
        except ValueError:
            total += len(text)
    return total


def run(n):
    stats = {"invalid": 0, "missing": 0, "fine": 0, "all": 0}
    log = []
    total = 0
    for i in range(n):
        total += attempt(i, stats, log)
    parsed = parse_all(["12", "x1", "-7", ""] * (n // 8))
    assert not log and stats["all"] == n
    return f"{total} {parsed} " + " ".join(f"{k}={v}" for k, v in stats.items())


if __name__ == "__main__":
    benchlib.main(run, 80000,
                  "67519200 70000 invalid=4000 missing=52800 fine=23200 all=80000")
