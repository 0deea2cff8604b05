# String building: reports made of concatenation, join, f-strings, % and
# str methods, then parsed again.
import benchlib

WORDS = "amber basalt cedar dune ember flint garnet heath iris jade kelp larch".split()


def make_record(i, seed):
    name = WORDS[seed % len(WORDS)]
    return {"id": i, "name": name.capitalize(), "value": seed / 7, "tags": [
        WORDS[(seed + k) % len(WORDS)] for k in range(seed % 4)]}


def as_line(record):
    tags = ",".join(record["tags"]) or "-"
    return f"{record['id']:06d};{record['name']:<10};{record['value']:12.3f};{tags}"


def parse(line):
    ident, name, value, tags = line.split(";")
    return {"id": int(ident), "name": name.strip(), "value": float(value),
            "tags": [] if tags == "-" else tags.split(",")}


def caesar(text, shift):
    out = ""
    for ch in text:
        if "a" <= ch <= "z":
            out += chr((ord(ch) - 97 + shift) % 26 + 97)
        elif ch.isupper():
            out += chr((ord(ch) - 65 + shift) % 26 + 65)
        else:
            out += ch
    return out


def run(n):
    seed = 5
    lines = []
    for i in range(n):
        seed = (seed * 3877 + 29573) % 139968
        lines.append(as_line(make_record(i, seed)))
    text = "\n".join(lines)
    total = 0
    names = {}
    for line in text.splitlines():
        record = parse(line)
        total += record["id"] + len(record["tags"]) + int(record["value"])
        names[record["name"]] = names.get(record["name"], 0) + 1
    coded = "".join(caesar(line, 3) for line in lines[::4])
    back = "".join(caesar(line, -3) for line in coded.split(";"))
    percent = "%d %s %5.1f%%" % (total, max(names), 100.0 * names[max(names)] / n)
    return f"{percent} {len(text)} {back.count('e')} {coded.upper().find('XYZ')} {back[:20].replace(' ', '_')}"


if __name__ == "__main__":
    benchlib.main(run, 30000,
                  "749502286 Larch   8.3% 1207499 20000 -1 000000Kelp__________")
