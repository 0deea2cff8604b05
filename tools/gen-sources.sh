#!/bin/sh
# SPDX-License-Identifier: MIT
# gen-sources.sh: writes the lists of files in the local.mk files anew, from
# what lies in the folders, sorted. Run it after a file was added or removed.
#
#     tools/gen-sources.sh            rewrites the lists
#     tools/gen-sources.sh --check    says which are out of date, changes nothing
#
# A list is what stands between two lines of a local.mk:
#
#     # list NAME [=|+=] KIND [! PATTERN...]
#     ...
#     # end of list
#
# KIND is one of
#     sources     *.c, *.h and *.def of the folder and the folders below
#     files P...           the files that the shell patterns P match
#     programs LIBS P...   one program for each such C file, linked with $(LIBS)
# and names like a PATTERN after the ! are left out.
set -eu
cd "$(dirname "$0")/.."
check=no status=0
[ "${1-}" != --check ] || check=yes
new=$(mktemp) || exit 1
trap 'rm -f "$new"' EXIT

# names FOLDER KIND ARGUMENTS...: the files, relative to the folder, sorted
names() {
    folder=$1 kind=$2
    shift 2
    (
        cd "$folder"
        set -f
        case $kind in
        sources) find . -name '*.[ch]' -o -name '*.def' ;;
        *)
            set +f
            for p; do
                [ "$p" != '!' ] || break
                find . -path "./$p" -type f
            done
            ;;
        esac
    ) | sed 's|^\./||' | LC_ALL=C sort -u | while read -r name; do
        left_out=no found=no
        set -f
        for p; do
            if [ "$found" = yes ]; then
                # shellcheck disable=SC2254
                case $name in $p) left_out=yes ;; esac
            fi
            [ "$p" != '!' ] || found=yes
        done
        [ $left_out = yes ] || echo "$name"
    done
}

# write VARIABLE OPERATOR: the names on standard input as an assignment
write() {
    awk -v head="$1 $2" '
        { name[n++] = $0 }
        END {
            printf "%s%s\n", head, n ? " \\" : ""
            for (i = 0; i < n; i++)
                printf "\t%%D%%/%s%s\n", name[i], i < n - 1 ? " \\" : ""
        }'
}

rewrite() {
    folder=$(dirname "$1") skip=no
    while IFS= read -r line; do
        case $line in
        '# list '*)
            skip=yes
            printf '%s\n' "$line"
            set -f
            # shellcheck disable=SC2086
            set -- $line
            set +f
            shift 2
            variable=$1 operator='='
            shift
            case $1 in
            '=' | '+=')
                operator=$1
                shift
                ;;
            esac
            kind=$1
            shift
            case $kind in
            programs)
                libraries=$1
                shift
                names "$folder" files "$@" | sed 's/\.c$//' | write "$variable" "$operator"
                names "$folder" files "$@" | sed 's/\.c$//' | tr '/-' __ | while read -r name; do
                    # shellcheck disable=SC2016
                    printf '%%C%%_%s_LDADD = $(%s)\n' "$name" "$libraries"
                done
                ;;
            *) names "$folder" "$kind" "$@" | write "$variable" "$operator" ;;
            esac
            ;;
        '# end of list')
            skip=no
            printf '%s\n' "$line"
            ;;
        *) [ $skip = yes ] || printf '%s\n' "$line" ;;
        esac
    done
}

for file in */local.mk */*/local.mk; do
    [ -f "$file" ] || continue
    grep -q '^# list ' "$file" || continue
    # shellcheck disable=SC2094
    rewrite "$file" <"$file" >"$new"
    cmp -s "$new" "$file" && continue
    if [ $check = yes ]; then
        echo "$file: its lists are not those of the folder: run tools/gen-sources.sh"
        status=1
    else
        cat "$new" >"$file"
        echo "$file"
    fi
done
exit $status
