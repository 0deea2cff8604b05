#!/usr/bin/python3.11
# run-diff.py - compares nacre with CPython on randomly generated programs.
#
#   run-diff.py --nacre ../../nacre --count 200 --start 1
#               --engines "--jit=off;--jit=eval;--jit=cli"
#
# Standard output and the exit code must be the same under every engine.  The
# programs that differ are kept, with both outputs, in the output folder.
import argparse
import concurrent.futures
import difflib
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True      # the source tree stays clean
from generate import program  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def execute(argv, limit, base):
    """Exit code (None: time limit), standard output, standard error."""
    with open(base + ".out", "wb") as out, open(base + ".err", "wb") as err:
        try:
            code = subprocess.run(argv, stdout=out, stderr=err, stdin=subprocess.DEVNULL,
                                  timeout=limit).returncode
        except subprocess.TimeoutExpired:
            code = None
    with open(base + ".out", "rb") as out, open(base + ".err", "rb") as err:
        return code, out.read(), err.read()


def keep(args, seed, path, engine, reference, got):
    os.makedirs(args.output, exist_ok=True)
    base = os.path.join(args.output, f"seed{seed}")
    shutil.copy(path, base + ".py")
    tag = "".join(c if c.isalnum() else "_" for c in engine) or "plain"
    with open(base + ".expected", "wb") as f:
        f.write(reference[1])
    with open(f"{base}.{tag}.got", "wb") as f:
        f.write(got[1])
    with open(f"{base}.{tag}.err", "wb") as f:
        f.write(got[2])


def describe(reference, got):
    if got[0] is None:
        return "time limit"
    if got[0] != reference[0]:
        last = got[2].decode("utf-8", "replace").strip().splitlines()
        return f"exit {got[0]}, expected {reference[0]}: {last[-1][:150] if last else ''}"
    a = reference[1].decode("utf-8", "replace").splitlines()
    b = got[1].decode("utf-8", "replace").splitlines()
    for line in difflib.unified_diff(a, b, "expected", "got", n=0, lineterm=""):
        if line[:1] in "+-" and line[:3] not in ("+++", "---"):
            return "output differs: " + line[:150]
    return "output differs"


def one_seed(args, engines, seed):
    """List of messages about differences; None if the reference was no use."""
    with tempfile.TemporaryDirectory(prefix="nacre-diff.") as work:
        path = os.path.join(work, "prog.py")
        with open(path, "wb") as f:
            f.write(program(seed).encode())
        reference = execute([args.python, path], args.limit, os.path.join(work, "reference"))
        if reference[0] is None or reference[0] < 0:
            return None     # the time limit, or killed for want of memory
        problems = []
        for number, engine in enumerate(engines):
            got = execute([args.nacre] + engine.split() + [path], args.limit,
                          os.path.join(work, f"engine{number}"))
            if got[:2] != reference[:2]:
                keep(args, seed, path, engine, reference, got)
                problems.append(f"seed {seed} [{engine}]: {describe(reference, got)}")
        return problems


def main():
    parser = argparse.ArgumentParser(description="compare nacre with CPython on random programs")
    parser.add_argument("--nacre", default=os.path.join(HERE, "..", "..", "nacre"))
    parser.add_argument("--python", default=os.environ.get("PYTHON", "/usr/bin/python3.11"))
    parser.add_argument("--engines", default="--jit=off;--jit=eval;--jit=cli",
                        help="argument strings, separated by semicolons")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--start", type=int, default=1)
    parser.add_argument("--limit", type=float, default=20, help="seconds per run")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", default=os.path.join(
        os.environ.get("TMPDIR", "/tmp"), "nacre-diff-failures"))
    # argparse takes a value that starts with a dash only in the form NAME=VALUE.
    argv = sys.argv[1:]
    if "--engines" in argv[:-1]:
        at = argv.index("--engines")
        argv[at:at + 2] = ["--engines=" + argv[at + 1]]
    args = parser.parse_args(argv)
    args.nacre = shutil.which(args.nacre) or os.path.abspath(args.nacre)
    engines = [e.strip() for e in args.engines.split(";")]
    passed = failed = skipped = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        seeds = range(args.start, args.start + args.count)
        for seed, problems in zip(seeds, pool.map(lambda n: one_seed(args, engines, n), seeds)):
            if problems is None:
                skipped += 1
                print(f"seed {seed}: skipped, the reference did not end by itself", flush=True)
            elif problems:
                failed += 1
                for problem in problems:
                    print(problem, flush=True)
            else:
                passed += 1
    if failed:
        print(f"differing programs are in {args.output}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
