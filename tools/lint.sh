#!/bin/sh
# SPDX-License-Identifier: MIT
# lint.sh [SOURCE-FOLDER]: rules of the code base that no compiler checks. Ends
# with the line "lint: N problems"; exit code 1 where there are any. Lines that
# begin with "note:" are no problems.
cd "${1:-$(dirname "$0")/..}" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
: >"$work/problems"

most_lines=1500     # of a file
many_lines=120      # of a function
folders=
for folder in base frontend tracer cli-backend jvm-backend runtime tools tests \
    examples; do
    [ ! -d "$folder" ] || folders="$folders $folder"
done
# shellcheck disable=SC2086
find $folders \( -name '*.c' -o -name '*.h' \) | LC_ALL=C sort >"$work/c"
# shellcheck disable=SC2086
find $folders -name '*.def' | LC_ALL=C sort >"$work/def"
find tools tests .ci \( -name '*.sh' -o -name '*.tap' -o -path tools/quickstart \
    -o -path .ci/run \) -type f 2>/dev/null | LC_ALL=C sort >"$work/scripts"
find . -maxdepth 3 -name local.mk -not -path './build*' >"$work/make"
echo ./configure.ac >>"$work/make"
echo ./Makefile.am >>"$work/make"

# rule NAME: problems come on standard input, one to a line
rule() {
    cat >"$work/found"
    if [ -s "$work/found" ]; then
        echo "== $1"
        cat "$work/found"
        cat "$work/found" >>"$work/problems"
    fi
}

files() {
    cat "$@" | tr '\n' '\0'
}

### Layers

files "$work/c" | xargs -0 awk -f tools/check-includes.awk | rule "who may include whom"

# The tracer knows no Python and nothing of the runtime. Prose may name it.
find tracer -name '*.[ch]' -o -path 'tracer/*.def' | sort | tr '\n' '\0' |
    xargs -0 grep -nE '\brt_[a-z]|PyObject|"[^"]*[Pp]ython' |
    rule "tracer/ names the runtime or Python"

# Of two primitives that emit as arguments of one call the C compiler chooses
# which comes first, and gcc and clang choose differently.
primitive='(test|promote[a-z_]*|(st|ld)_[a-z_]*|c_rt_[a-z0-9_]*|new_object|set_reg)'
flat='[^()]*(\([^()]*(\([^()]*\)[^()]*)*\)[^()]*)*'
files "$work/c" | tr '\0' '\n' | grep '^runtime/interp/\(handlers_\|dialect\|loop\|inlined\)' |
    tr '\n' '\0' | xargs -0 -r grep -nE "\\b$primitive\\($flat\\), *$primitive\\(" |
    rule "two effectful primitives in one call's arguments"

# No exception may jump over frames of the host.
grep -nE '\b(sig)?longjmp *\(' base/*.[ch] frontend/*.[ch] tracer/*.[ch] \
    cli-backend/*.[ch] 2>/dev/null | rule "longjmp"

### Sizes

files "$work/c" "$work/def" | xargs -0 awk -v most=$most_lines '
    FNR == most + 1 { print FILENAME ": more than " most " lines" }' |
    rule "length of files"

# shellcheck disable=SC2016
files "$work/c" | xargs -0 awk -v many=$many_lines '
    FNR == 1 { start = 0; head = "" }
    /^[A-Za-z_].*\(/ && !/;[ \t]*$/ { head = $0 }
    /^\{/ && head { start = FNR; name = head }
    /^\}/ && start {
        if (FNR - start > many && name !~ /DISPATCH|dispatch/) {
            sub(/\(.*/, "", name)
            sub(/.*[ *]/, "", name)
            printf "note: %s:%d: %s has %d lines\n", FILENAME, start, name, FNR - start
        }
        start = 0
        head = ""
    }' >"$work/long"
if [ -s "$work/long" ]; then
    echo "== functions of more than $many_lines lines (not counted)"
    cat "$work/long"
fi

### Text

files "$work/c" "$work/def" "$work/scripts" | xargs -0 grep -nE '[[:blank:]]+$' |
    cut -c 1-150 | rule "blanks at the end of a line"
files "$work/c" "$work/def" "$work/scripts" | xargs -0 grep -nP '\t' |
    cut -c 1-150 | rule "tabs"
{
    files "$work/c" "$work/scripts" "$work/make" |
        xargs -0 awk '
            FNR == 1 && NR > 1 && !seen { print file ": no SPDX line" }
            FNR == 1 { seen = 0; file = FILENAME }
            FNR <= 3 && /SPDX-License-Identifier: MIT/ { seen = 1 }
            END { if (!seen) print file ": no SPDX line" }'
} | rule "licence"
files "$work/c" "$work/def" | xargs -0 grep -nE '(TODO|FIXME)(:|\b.*\*/)' |
    cut -c 1-150 | rule "notes to oneself"

### Lists and tools

tools/gen-sources.sh --check | rule "lists of files"

if command -v shellcheck >/dev/null; then
    files "$work/scripts" | xargs -0 shellcheck -x -f gcc | rule shellcheck
else
    echo "note: no shellcheck here"
fi

# Other versions have other opinions.
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
    # shellcheck disable=SC2016
    files "$work/c" | xargs -0 -n 1 sh -c \
        'clang-format --dry-run -Werror "$0" >/dev/null 2>&1 || echo "$0"' |
        rule "formatting (make format)"
else
    echo "note: no clang-format 14 here"
fi

problems=$(wc -l <"$work/problems")
echo "lint: $problems problems"
[ "$problems" = 0 ]
