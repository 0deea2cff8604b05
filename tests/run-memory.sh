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
exhausts 'product of ints' $'import math\na = math.factorial(2 * 10**9)'
exhausts 'combinations' $'import math\na = math.comb(10**12, 10**10)'
exhausts 'root' $'import math\na = 1\nwhile True: a = math.isqrt(a << 10**9)'
exhausts 'width of %' "a = '%*d' % (2 * 10**9, 1)"
exhausts 'precision of %' "a = '%.2000000000f' % 1.5"
exhausts 'width of format()' "a = format(1, ',>9000000000000000000')"
exhausts 'zeros of format()' "a = format(1, '020000000000,d')"
exhausts 'padded bytes' "a = b'x'.ljust(9 * 10**18)"
exhausts 'tabs' "a = '\\t'.expandtabs(2 * 10**9)"
exhausts 'tabs in bytes' "a = b'\\t'.expandtabs(2 * 10**9)"
exhausts 'replacements in bytes' "a = (b'x' * 10**6).replace(b'x', b'y' * 10**6)"
exhausts 'encoder' "a = ('\\u20ac' * 10**8).encode('utf-32')"
exhausts 'decoder' "a = (b'\\xff' * 2 * 10**8).decode('ascii', 'backslashreplace')"
exhausts 'repr' "a = repr('\\0' * 10**8)"
exhausts 'digits' $'import sys\nsys.set_int_max_str_digits(0)\na = int("7" * 3 * 10**8, 8)'
exhausts 'weak references' $'import _weakref\nclass C: pass\na = []\nwhile True:\n    c = C()\n    a.append((c, _weakref.ref(c)))'
exhausts 'finalisers' $'class C:\n    def __del__(self): pass\na = []\nwhile True: a.append(C())'
exhausts 'attributes of functions' $'a = []\nwhile True:\n    f = lambda: 0\n    f.x = 1\n    a.append(f)'
exhausts 'deep structure' $'a = None\nwhile True: a = [a, [], []]'
exhausts 'file' $'a = open("/dev/zero", "rb").read()'
exhausts 'source' $'a = compile("x," * 10**7, "f", "exec")'
exhausts 'bytearray that grows' $'a = bytearray()\nwhile True: a += b"x" * 1000000'
echo "1..$number"
