#!/bin/sh
# SPDX-License-Identifier: MIT
# run-one.sh NAME COMMAND...: one TAP test: the command must end with 0. What
# it prints becomes comments.
name=$1
shift
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
echo 1..1
if "$@" >"$out" 2>&1 </dev/null; then
    sed 's/^/# /' "$out" | tail -n 20
    echo "ok 1 - $name"
else
    sed 's/^/# /' "$out" | tail -n 60
    echo "not ok 1 - $name"
    exit 1
fi
