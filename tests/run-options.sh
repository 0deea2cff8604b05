#!/bin/bash
# SPDX-License-Identifier: MIT
# run-options.sh NACRE PYTHON: command lines that both understand must have the
# same standard output, standard error and exit code. TAP.
set -u
nacre=$(realpath "${1:?usage: run-options.sh NACRE PYTHON}")
python=${2:?usage: run-options.sh NACRE PYTHON}
number=0
work=$(mktemp -d "${TMPDIR:-/tmp}/nacre-test.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export PYTHONDONTWRITEBYTECODE=1

# run PROGRAM OUTPUT ARGS...: the program's name in messages becomes PROGRAM.
run() {
    local program=$1 out=$2
    shift 2
    timeout 60 "$program" "$@" <"$work/stdin" >"$out.out" 2>"$out.err"
    echo $? >"$out.status"
    sed -i -e "s#$program#PROGRAM#g" -e 's#^nacre: #PROGRAM: #' \
        -e 's#^usage: nacre #usage: PROGRAM #' \
        -e "s#Try .* -h' for#Try PROGRAM -h for#" "$out.out" "$out.err"
}

# same ARGS...
same() {
    local differs=''
    run "$nacre" nacre "$@"
    run "$python" python "$@"
    for kind in out err status; do
        cmp -s "nacre.$kind" "python.$kind" || differs="$differs $kind"
    done
    number=$((number + 1))
    if [ -z "$differs" ]; then
        echo "ok $number - ${*//$'\n'/; }"
    else
        echo "not ok $number - ${*//$'\n'/; }"
        for kind in $differs; do
            diff "python.$kind" "nacre.$kind" | sed 's/^/# /'
        done
    fi
}

show='import sys; print(sys.argv, sys.path[:1], __name__)'
flags='import sys; f = sys.flags
print([(n, getattr(f, n)) for n in ("debug", "optimize", "dont_write_bytecode", "no_user_site", "ignore_environment", "verbose", "bytes_warning", "quiet", "isolated", "safe_path")], sys.dont_write_bytecode, sys.warnoptions, sys._xoptions)'
checks='def f():
    "doc"
    assert False, "no"
try:
    f()
    print("assertions are off", __debug__, f.__doc__)
except AssertionError as e:
    print("on", e, __debug__, f.__doc__)
if __debug__: print("debug")
else: print("optimized")'
doubtful='x = 1
assert (x, "always")
print(x is 1, "\d")'
mkdir -p package program
echo 'print("package", __name__, __file__)' >package/__init__.py
echo "$show" >package/__main__.py
echo "$show" >program/__main__.py
echo "$show" >script.py
echo 'import sys; sys.exit(7)' >module.py
echo "$doubtful" >doubtful.py
printf 'not Python\nprint("second")\nraise ValueError\n' >first.py
: >stdin

same -c "$show"
same -c "$show" one -c two
same "-c$show"
same -qc "$show" -x
same -m package
same -m package a b
same -m module
same -m missing
same -m package.missing
same program
same ./program/
same script.py a b
same -- script.py -h
same missing.py
same -c 'raise SystemExit(3)'
same -c 'raise SystemExit("told")'
same -c 'raise SystemExit'
same -c 'raise SystemExit(1000)'
same -c 'raise SystemExit(-1)'
same -c '1 +'
same -c 'raise ValueError("x")'
same -c
same -m
same -W
same -X
same -Bc
same -z
same -Bz
same -J
for option in -B -E -I -P -q -s -b -bb -d -O -OO -OOO -u -BI; do
    same $option -c "$flags"
done
same -W ignore -X key=value -X flag -Wdefault -c "$flags"
for option in -B -O -OO; do
    same $option -c "$checks"
done
for option in -B -Wignore -Wdefault -Wfoo -Wignore::SyntaxWarning \
    -Wignore::DeprecationWarning -Wignore:text:SyntaxWarning; do
    same $option doubtful.py
done
same -c "$doubtful"
same -x first.py
unsafe='import sys; print([p for p in sys.path if p in ("", sys.argv[1])])'
echo "$unsafe" >unsafe.py
same -c "$unsafe" "$work"
for option in -P -I; do
    same $option -c "$unsafe" "$work"
    same $option unsafe.py "$work"
done
for optimize in 0 1 2 -1 3; do
    same -c "exec(compile('''$checks''', 'f', 'exec', optimize=$optimize))"
done
same -c 'compile("1", "f", "eval", 1 << 30)'
same -c 'exec(compile("def f(a: nothing): pass\nprint(f.__annotations__)", "f", "exec", 0x1000000))'
echo "$show" >stdin
same
same -
same - a b
same -q -
echo 'print(' >stdin
same
PYTHONPATH=program same -c 'import sys; print(sys.path[1:2])'
PYTHONPATH=program same -E -c 'import sys; print([p for p in sys.path if "program" in p])'
echo "1..$number"
