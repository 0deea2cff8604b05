#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the syntax trees of the front end with those of CPython 3.11.

usage: check-ast.py DUMPER [--sample N] [--errors] [FILE-OR-DIRECTORY...]

DUMPER is tools/nacre-ast. Without directories the standard library of the
running interpreter, with its test suite, is compared. Where CPython rejects a
file the class, the line and the message of the error are compared; with
--errors the columns too. Must be run by Python 3.11.
"""

import ast
import os
import subprocess
import sys
import sysconfig
import warnings


def find_files(places):
    for place in places:
        if os.path.isfile(place):
            yield place
        for folder, dirs, names in os.walk(place):
            dirs[:] = sorted(d for d in dirs if d != "__pycache__")
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def expected(data, columns):
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, MemoryError) as e:
        return describe(e, columns)
    return ast.dump(tree, include_attributes=True)


def describe(e, columns):
    name = type(e).__name__
    if not isinstance(e, SyntaxError):
        return f"!{name}\t0\t0\t0\t0\t{e}"
    where = [e.lineno, e.offset, e.end_lineno, e.end_offset]
    if not columns:
        where[1:] = [0, 0, 0]
    return f"!{name}\t" + "\t".join(str(w or 0) for w in where) + f"\t{e.msg}"


def without_columns(text):
    parts = text.split("\t", 5)
    parts[2:5] = ["0", "0", "0"]
    return "\t".join(parts)


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("check-ast.py: must be run by Python 3.11")
    args = sys.argv[1:]
    columns = "--errors" in args
    if columns:
        args.remove("--errors")
    step = 1
    if "--sample" in args:
        at = args.index("--sample")
        step = int(args[at + 1])
        del args[at:at + 2]
    if not args:
        sys.exit(__doc__)
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    places = args[1:] or [sysconfig.get_path("stdlib")]
    files = list(find_files(places))[::step]
    dumper = subprocess.Popen([args[0], "--ast", "--batch"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal, rejected, bad = 0, 0, 0
    for path in files:
        with open(path, "rb") as f:
            want = expected(f.read(), columns)
        dumper.stdin.write(path.encode() + b"\n")
        dumper.stdin.flush()
        line = dumper.stdout.readline()
        if not line:
            print(f"not ok - {path}: the dumper died")
            return 1
        got = dumper.stdout.read(int(line)).decode("utf-8", "surrogatepass")
        if got.startswith("!") and not columns:
            got = without_columns(got)
        if got == want:
            equal += 1
            rejected += want.startswith("!")
            continue
        bad += 1
        at = len(os.path.commonprefix([got, want]))
        print(f"not ok - {path}\n#  want ...{want[max(0, at - 60):at + 100]}"
              f"\n#  got  ...{got[max(0, at - 60):at + 100]}")
    dumper.stdin.close()
    dumper.wait()
    print(f"# {len(files)} files, {equal} equal ({rejected} of them rejected "
          f"by both), {bad} different")
    return 1 if bad else 0


sys.exit(main())
