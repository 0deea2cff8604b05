#!/bin/bash
# SPDX-License-Identifier: MIT
# run-ir.sh NACRE_IR [PATTERN] - runs every tests/ir/*/*.ir as its first line
# says ("; nacre-ir: ARGUMENTS") and compares the output with the .out file
# beside it.  TAP.  UPDATE=1 writes the .out files instead.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tool=$(realpath "${1:?usage: run-ir.sh NACRE_IR [PATTERN]}")
pattern=${2:-*}
got=$(mktemp "${TMPDIR:-/tmp}/nacre-ir.XXXXXX") || exit 2
trap 'rm -f "$got"' EXIT
number=0

shopt -s nullglob
cd "$here/ir" || exit 2
for file in */*.ir; do
    # shellcheck disable=SC2053
    [[ $file == $pattern ]] || continue
    read -r first <"$file"
    case $first in
    '; nacre-ir:'*) read -ra args <<<"${first#; nacre-ir:}" ;;
    *) args=() ;;
    esac
    "$tool" ${args[@]+"${args[@]}"} "$file" >"$got" 2>&1
    status=$?
    [ $status -gt 2 ] && echo "; died: status $status" >>"$got"
    if [ -n "${UPDATE:-}" ]; then
        cp "$got" "${file%.ir}.out"
        continue
    fi
    number=$((number + 1))
    if cmp -s "$got" "${file%.ir}.out"; then
        echo "ok $number - ir/$file"
    else
        echo "not ok $number - ir/$file"
        diff -u "${file%.ir}.out" "$got" | sed 's/^/# /'
    fi
done
echo "1..$number"
