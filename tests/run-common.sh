# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: MIT
# run-common.sh - what run-lang.sh and run-bench.sh share: arguments, the list
# of expected failures, TAP lines.  Sourced, never run.

# The sourcing script sets: here (the tests folder) and empty values for
# number failures binary pattern engine label work.

# Sets binary (absolute), engine, pattern, label, and the work directory.
parse_arguments() {
    if [ $# -lt 1 ]; then
        echo "usage: ${0##*/} NACRE_BINARY [ENGINE_ARGS...] [-- [PATTERN]]" >&2
        exit 2
    fi
    binary=$1
    shift
    case $binary in
    /*) ;;
    */*) binary=$PWD/$binary ;;
    *) binary=$(command -v "$binary") || binary=/nonexistent ;;
    esac
    while [ $# -gt 0 ]; do
        if [ "$1" = -- ]; then
            pattern=${2:-*}
            break
        fi
        engine+=("$1")
        shift
    done
    if [ ! -x "$binary" ]; then
        echo "Bail out! no such program: $binary"
        exit 2
    fi
    label="${engine[*]-}"
    work=$(mktemp -d "${TMPDIR:-/tmp}/nacre-test.XXXXXX") || exit 2
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    known=$here/expected-failures.txt
    sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$known" >"$work/known" 2>/dev/null ||
        : >"$work/known"
    # No __pycache__ folders in the source tree.
    export PYTHONDONTWRITEBYTECODE=1
}

# report NAME: ok if $work/why is empty.
report() {
    number=$((number + 1))
    local test_name="$1"
    local shown="$1${label:+ [$label]}"
    if grep -qxF -- "$test_name" "$work/known"; then
        if [ -s "$work/why" ]; then
            echo "not ok $number - $shown # TODO known"
        else
            failures=$((failures + 1))
            echo "not ok $number - $shown # unexpected pass, remove it from expected-failures.txt"
        fi
    elif [ -s "$work/why" ]; then
        failures=$((failures + 1))
        echo "not ok $number - $shown"
        head -n 12 "$work/why" | cut -c 1-200 | sed 's/^/# /'
    else
        echo "ok $number - $shown"
    fi
}

finish() {
    echo "1..$number"
    if [ "$failures" -gt 0 ]; then
        echo "# $failures of $number failed${label:+ [$label]}"
        exit 1
    fi
    exit 0
}
