#!/usr/bin/python3.11
# run.py - runs the benchmark programs under nacre, CPython and PyPy.
#
# The implementations take turns within a round, every run is a fresh process,
# and every process measures its own iterations with time.perf_counter(); so
# drifts of the machine hit all implementations alike.  See README.md.
import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


def program_names():
    names = []
    with open(os.path.join(HERE, "small.txt")) as f:
        for line in f:
            line = line.split("#")[0].split()
            if line:
                names.append(line[0])
    return names


def run_once(command, name, iters, limit):
    """One process: (list of seconds, peak KiB, error text or None)."""
    argv = command + [os.path.join(HERE, f"bm_{name}.py"), "--time", str(iters)]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        try:
            process = subprocess.Popen(argv, stdout=out, stderr=err, cwd=HERE,
                                       stdin=subprocess.DEVNULL)
        except OSError as e:
            return [], 0, str(e)
        timed_out = []

        def stop():
            timed_out.append(True)
            process.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        times = [float(line.split()[1]) for line in out if line.startswith("iter ")]
        error = None
        if timed_out:
            error = f"time limit of {limit} s"
        elif process.returncode != 0:
            lines = err.read().strip().splitlines()
            error = f"exit {process.returncode}: {lines[-1] if lines else ''}"
        elif len(times) != iters:
            error = f"{len(times)} of {iters} iterations reported"
        return times, usage.ru_maxrss, error


def steady(times):
    return statistics.median(times[len(times) // 2:])


def summarize(runs):
    """Medians over the rounds."""
    good = [r for r in runs if r["error"] is None]
    if not good or len(good) != len(runs):
        return None
    return {
        "first": statistics.median(r["times"][0] for r in good),
        "steady": statistics.median(steady(r["times"]) for r in good),
        "peak_kib": statistics.median(r["peak_kib"] for r in good),
    }


def geomean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def print_table(names, implementations, summaries, base):
    def cell(text):
        return f"{text:>12}"

    header = f"{'program':<21}"
    for impl in implementations:
        header += cell(impl + " 1st") + cell("steady") + cell("MiB")
        if impl != base:
            header += cell("1st/c") + cell("steady/c") + cell("mem/c")
    print("seconds per iteration, medians over rounds; /c: over " + base)
    print(header)
    ratios = {}
    for name in names:
        row = f"{name:<21}"
        reference = summaries[name].get(base)
        for impl in implementations:
            s = summaries[name].get(impl)
            if s is None:
                row += cell("failed") + cell("-") + cell("-")
                if impl != base:
                    row += cell("-") * 3
                continue
            row += cell(f"{s['first']:.4f}") + cell(f"{s['steady']:.4f}")
            row += cell(f"{s['peak_kib'] / 1024:.1f}")
            if impl != base:
                for key in ("first", "steady", "peak_kib"):
                    if reference is None:
                        row += cell("-")
                    else:
                        ratio = s[key] / reference[key]
                        ratios.setdefault((impl, key), []).append(ratio)
                        row += cell(f"{ratio:.2f}")
        print(row)
    for impl in implementations:
        if impl != base and (impl, "steady") in ratios:
            values = [geomean(ratios[impl, k]) for k in ("first", "steady", "peak_kib")]
            count = len(ratios[impl, "steady"])
            print("geometric mean %s over %s (%d of %d programs): "
                  "first %.3f steady %.3f memory %.3f"
                  % (impl, base, count, len(names), *values))


def main():
    parser = argparse.ArgumentParser(description="run the benchmark programs")
    parser.add_argument("--nacre", default=os.path.join(HERE, "..", "nacre"))
    parser.add_argument("--nacre-args", default="", help='for example "--jit=off"')
    parser.add_argument("--python", default=os.environ.get("PYTHON", "/usr/bin/python3.11"))
    parser.add_argument("--pypy", default="pypy3", help="empty: do not run it")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--iters", type=int, default=10)
    parser.add_argument("--limit", type=float, default=300, help="seconds per process")
    parser.add_argument("--only", default="", help="names, separated by commas")
    parser.add_argument("--json", default="", help="file for all measured values")
    # argparse takes a value that starts with a dash only in the form NAME=VALUE.
    argv = sys.argv[1:]
    if "--nacre-args" in argv[:-1]:
        at = argv.index("--nacre-args")
        argv[at:at + 2] = ["--nacre-args=" + argv[at + 1]]
    args = parser.parse_args(argv)

    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"     # no __pycache__ in the tree
    names = program_names()
    if args.only:
        wanted = args.only.split(",")
        unknown = [n for n in wanted if n not in names]
        if unknown:
            parser.error("unknown programs: " + ", ".join(unknown))
        names = wanted
    implementations = {}
    if args.nacre and shutil.which(args.nacre):
        implementations["nacre"] = [os.path.abspath(shutil.which(args.nacre))] + args.nacre_args.split()
    else:
        print(f"no executable {args.nacre}, run without nacre", file=sys.stderr)
    implementations["cpython"] = [args.python]
    if args.pypy and shutil.which(args.pypy):
        implementations["pypy"] = [shutil.which(args.pypy)]

    results = {name: {impl: [] for impl in implementations} for name in names}
    for round_number in range(args.rounds):
        for name in names:
            for impl, command in implementations.items():
                times, peak, error = run_once(command, name, args.iters, args.limit)
                results[name][impl].append(
                    {"times": times, "peak_kib": peak, "error": error})
                if error:
                    print(f"{name} under {impl}: {error}", file=sys.stderr)
            print(f"round {round_number + 1} of {args.rounds}: {name}", file=sys.stderr)

    summaries = {name: {impl: summarize(runs) for impl, runs in by_impl.items()}
                 for name, by_impl in results.items()}
    print_table(names, list(implementations), summaries, "cpython")
    if args.json:
        with open(args.json, "w") as f:
            json.dump({"rounds": args.rounds, "iters": args.iters,
                       "nacre_args": args.nacre_args,
                       "runs": results, "summary": summaries}, f, indent=1)


if __name__ == "__main__":
    main()
