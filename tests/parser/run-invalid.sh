#!/bin/sh
# SPDX-License-Identifier: MIT
# Compares how nacre-ast rejects tests/parser/invalid/*.py with the *.err
# beside them. usage: run-invalid.sh [NACRE-AST]; prints TAP.
here=$(dirname "$0")
ast=${1:-${NACRE_AST:-./tools/nacre-ast}}
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
n=0 bad=0
set -- "$here"/invalid/*.py
echo "1..$#"
for file; do
    n=$((n + 1))
    name=$(basename "$file" .py)
    "$ast" --none "$file" > "$out" 2>&1
    status=$?
    if [ $status -eq 1 ] && cmp -s "$out" "${file%.py}.err"; then
        echo "ok $n - $name"
    else
        bad=$((bad + 1))
        echo "not ok $n - $name (status $status)"
        sed 's/^/#  want /' "${file%.py}.err"
        sed 's/^/#  got  /' "$out"
    fi
done
[ $bad -eq 0 ]
