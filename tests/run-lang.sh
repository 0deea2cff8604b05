#!/bin/bash
# SPDX-License-Identifier: MIT
# run-lang.sh - runs the language scripts of tests/lang under one nacre binary
# with one set of engine arguments and prints TAP.
#
#   run-lang.sh NACRE_BINARY [ENGINE_ARGS...] [-- [PATTERN]]
#
# A script passes if its standard output and exit status (and standard error
# for err_* scripts) equal the recorded ones of CPython.  Output goes to files
# below $TMPDIR, never through a pipe, so that a crash loses nothing.
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck disable=SC2034
number=0 failures=0 binary="" pattern="*" engine=() label="" work=""
# shellcheck source=/dev/null
. "$here/run-common.sh"
parse_arguments "$@"
limit=${NACRE_TEST_LIMIT:-60}
cd "$here/lang" || exit 2
mkdir "$work/files" # for scripts that write some: their argument

for script in [a-z]*.py; do
    name=${script%.py}
    # The pattern is a shell pattern on purpose.
    # shellcheck disable=SC2254
    case $name in
    $pattern) ;;
    *) continue ;;
    esac
    timeout -k 5 "$limit" "$binary" ${engine[@]+"${engine[@]}"} "$script" \
        "$work/files" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    wanted=0
    if [ -f "$name.rc" ]; then
        read -r wanted <"$name.rc"
    fi
    : >"$work/why"
    if [ "$status" != "$wanted" ]; then
        echo "exit status $status, expected $wanted" >>"$work/why"
        tail -n 3 "$work/err" >>"$work/why"
    fi
    diff "$name.out" "$work/out" >>"$work/why"
    case $name in
    err_*)
        # Tracebacks name the full path of the script, the recorded ones do not.
        sed "s|$PWD/||g" "$work/err" >"$work/relative"
        diff "$name.err" "$work/relative" >>"$work/why"
        ;;
    esac
    report "lang/$name"
done
finish
