#!/bin/sh
# SPDX-License-Identifier: MIT
# Compares the bytecode of tests/bytecode/*.py with the *.dis beside them, and
# how tests/parser/invalid-compile/*.py are rejected, or warned of, with their
# *.err. usage: run-bytecode.sh [--update] [NACRE-CODE]; prints TAP.
# --update writes the *.dis anew.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
update=
if [ "${1-}" = --update ]; then
    update=yes
    shift
fi
code=${1:-${NACRE_CODE:-./tools/nacre-code}}
case $code in
/*) ;;
*) code=$PWD/$code ;;
esac
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
n=0 bad=0

# check NAME WANTED STATUS: is $out what the file WANTED holds?
check() {
    n=$((n + 1))
    if [ "$3" -le 1 ] && cmp -s "$out" "$2"; then
        echo "ok $n - $1"
        return
    fi
    bad=$((bad + 1))
    echo "not ok $n - $1 (status $3)"
    diff "$2" "$out" | sed 's/^/#  /'
}

cd "$here/bytecode" || exit 1
for file in *.py; do
    "$code" "$file" > "$out" 2>&1
    status=$?
    [ -z "$update" ] || cp "$out" "${file%.py}.dis"
    check "bytecode/${file%.py}" "${file%.py}.dis" $status
done
cd "$here/parser/invalid-compile" || exit 1
for file in *.py; do
    "$code" -e "$file" > "$out" 2>&1
    check "invalid-compile/${file%.py}" "${file%.py}.err" $?
done
echo "1..$n"
[ $bad -eq 0 ]
