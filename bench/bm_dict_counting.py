# Dict counting: word counts, grouping, inversion and set algebra over
# generated text, the way a small log analysis is written.
import benchlib

SYLLABLES = ["ba", "co", "di", "fu", "ga", "he", "jo", "ki", "lu", "me", "no", "pi"]


class Counter(dict):
    def __missing__(self, key):
        return 0

    def most_common(self, k):
        return sorted(self.items(), key=lambda kv: (-kv[1], kv[0]))[:k]


def words(n):
    seed = 9
    for _ in range(n):
        seed = (seed * 3877 + 29573) % 139968
        a, b = divmod(seed % 997, 31)
        yield SYLLABLES[a % 12] + SYLLABLES[b % 12] + (SYLLABLES[seed % 3] if seed % 5 else "")


def run(n):
    counts = Counter()
    by_initial = {}
    positions = {}
    pairs = Counter()
    previous = None
    for i, word in enumerate(words(n)):
        counts[word] += 1
        by_initial.setdefault(word[0], set()).add(word)
        positions.setdefault(word, []).append(i)
        if previous is not None:
            pairs[previous, word] += 1
        previous = word
    by_count = {}
    for word, count in counts.items():
        by_count.setdefault(count, []).append(word)
    gaps = {w: max((b - a for a, b in zip(p, p[1:])), default=0) for w, p in positions.items()}
    widest = max(gaps, key=lambda w: (gaps[w], w))
    common = by_initial.get("b", set()) | by_initial.get("c", set())
    short = {w for w in common if len(w) == 4}
    top = " ".join(f"{w}={c}" for w, c in counts.most_common(3))
    for word in list(counts):
        if counts[word] < 5:
            del counts[word]
    return (f"{top} pairs {len(pairs)} widest {widest} {gaps[widest]} "
            f"short {len(short)} left {len(counts)} groups {len(by_count)}")


if __name__ == "__main__":
    benchlib.main(run, 100000,
                  "hedidi=266 coheco=256 difuba=256 pairs 74844 widest lukiba 9507 short 24 left 576 groups 136")
