#!/bin/bash
# SPDX-License-Identifier: MIT
# run-bench.sh - runs the benchmark programs at their small sizes under one
# nacre binary, compares their results with the recorded ones, prints TAP.
#
#   run-bench.sh NACRE_BINARY [ENGINE_ARGS...] [-- [PATTERN]]
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck disable=SC2034
number=0 failures=0 binary="" pattern="*" engine=() label="" work=""
# shellcheck source=/dev/null
. "$here/run-common.sh"
parse_arguments "$@"
limit=${NACRE_TEST_LIMIT:-60}
cd "$here/../bench" || exit 2

while read -r name size rest <&3; do
    case $name in
    '' | '#'*) continue ;;
    esac
    # The pattern is a shell pattern on purpose.
    # shellcheck disable=SC2254
    case $name in
    $pattern) ;;
    *) continue ;;
    esac
    if [ -n "$rest" ]; then
        echo "Bail out! bad line in small.txt: $name"
        exit 2
    fi
    timeout -k 5 "$limit" "$binary" ${engine[@]+"${engine[@]}"} "bm_$name.py" "$size" \
        >"$work/out" 2>"$work/err" </dev/null 3<&-
    status=$?
    : >"$work/why"
    if [ "$status" != 0 ]; then
        echo "exit status $status" >>"$work/why"
        tail -n 3 "$work/err" >>"$work/why"
    fi
    diff "expected/$name.out" "$work/out" >>"$work/why"
    report "bench/$name"
done 3<small.txt
finish
