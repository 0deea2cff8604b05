#!/bin/bash
# SPDX-License-Identifier: MIT
# update-golden.sh - makes the recorded outputs of the language scripts again,
# with CPython 3.11, which is the reference.  Run it after changing a script.
#
#   update-golden.sh [PATTERN]
set -u

cd "$(dirname "$0")" || exit 2
python=${PYTHON:-/usr/bin/python3.11}
pattern=${1:-*}
export PYTHONDONTWRITEBYTECODE=1
bad=0
files=$(mktemp -d "${TMPDIR:-/tmp}/nacre-golden.XXXXXX") || exit 2
trap 'rm -rf "$files"' EXIT

for script in [a-z]*.py; do
    name=${script%.py}
    # The pattern is a shell pattern on purpose.
    # shellcheck disable=SC2254
    case $name in
    $pattern) ;;
    *) continue ;;
    esac
    errors=$(mktemp "${TMPDIR:-/tmp}/nacre-golden.XXXXXX") || exit 2
    timeout 60 "$python" "$script" "$files" >"$name.out" 2>"$errors" </dev/null
    status=$?
    case $name in
    err_*)
        # Tracebacks name the full path of the script: keep the relative one.
        sed "s|$PWD/||g" "$errors" >"$name.err"
        echo "$status" >"$name.rc"
        ;;
    *)
        if [ "$status" != 0 ] || [ -s "$errors" ]; then
            echo "$script: exit status $status" >&2
            tail -n 5 "$errors" >&2
            bad=1
        fi
        ;;
    esac
    rm -f "$errors"
done
exit $bad
