#!/bin/bash
# SPDX-License-Identifier: MIT
# run-memory.sh NACRE [ARGS...]: programs that want more memory than `ulimit -v`
# leaves them: each must get a MemoryError, and go on. TAP.
set -u
nacre=$(realpath "${1:?usage: run-memory.sh NACRE [ARGS...]}")
shift
number=0

# exhausts NAME STATEMENTS: the statements end in a MemoryError
exhausts() {
    local text got status
    text=$(printf 'try:\n%s\nexcept MemoryError:\n    a = None\n    print("caught", sum([len([i]) for i in range(100000)]))' \
        "    ${2//$'\n'/$'\n'    }")
    got=$(ulimit -v 1000000 && timeout 60 "$nacre" "${args[@]}" -c "$text" 2>&1)
    status=$?
    number=$((number + 1))
    if [ "$got" = 'caught 100000' ] && [ $status = 0 ]; then
        echo "ok $number - $1 ${args[*]}"
    else
        echo "not ok $number - $1 ${args[*]}"
        echo "# status $status: ${got:0:200}"
    fi
}

args=("$@")
exhausts 'str repeated' "a = 'a' * 10**12"
exhausts 'list repeated' 'a = [0] * 10**13'
exhausts 'bytes' 'a = bytes(10**13)'
exhausts 'shift' 'a = 1 << 10**12'
exhausts 'power' 'a = 2 ** (8 * 10**9)'
exhausts 'product' $'a = 1 << 10**9\nwhile True: a = a * a'
exhausts 'list that grows' $'a = []\nwhile True: a.append(None)'
exhausts 'small objects' $'a = []\nwhile True: a.append([1, 2])'
exhausts 'dict that grows' $'a = {}\ni = 0\nwhile True:\n    a[i] = i\n    i += 1'
exhausts 'str that grows' $'a = "x"\nwhile True: a += a'
exhausts 'bytearray that grows' $'a = bytearray()\nwhile True: a += b"x" * 1000000'
echo "1..$number"
