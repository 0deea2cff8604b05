# K-nucleotide: count the short subsequences of a DNA sequence with dicts.
# String slices as dict keys, dict.get, sort with a key, formatting.
import benchlib


def sequence(n):
    seed = 42
    out = []
    for _ in range(n):
        seed = (seed * 3877 + 29573) % 139968
        out.append("ACGT"[seed * 100 // 139968 // 30])
    return "".join(out)


def count_frames(seq, size):
    counts = {}
    for i in range(len(seq) - size + 1):
        frame = seq[i:i + size]
        counts[frame] = counts.get(frame, 0) + 1
    return counts


def frequencies(seq, size):
    counts = count_frames(seq, size)
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    return ["%s %.3f" % (frame, 100.0 * c / total) for frame, c in ranked]


def run(n):
    seq = sequence(n)
    parts = frequencies(seq, 1) + frequencies(seq, 2)[:3]
    for frame in "GGT", "GGTA", "GGTATT", "GGTATTTTAATT", "GGTATTTTAATTTATAGT":
        parts.append(f"{count_frames(seq, len(frame)).get(frame, 0)}:{frame}")
    return ", ".join(parts)


if __name__ == "__main__":
    benchlib.main(run, 60000,
                  "C 30.260, G 29.955, A 29.833, T 9.952, CC 9.150, CG 9.090, GC 9.062, 553:GGT, 163:GGTA, 0:GGTATT, 0:GGTATTTTAATT, 0:GGTATTTTAATTTATAGT")
