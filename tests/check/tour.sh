#!/bin/sh
# tour.sh [README]: what the README says of the sources is so.
#   every path (src/…, include/…, forms/…, tests/…) exists
#   every `name()` is defined in the file or folder named last before it in its paragraph, else anywhere
#   every `struct name` exists, and every line of a ```c block stands in the sources
#   every `make target` is one of the Makefile's; every `simae word --option` is one of the tables'
# With no argument it also plants a mistake of each kind, which must be found.
readme=${1:-README.md}
status=0
say() { printf '%s:%s\n' "$readme" "$*"; status=1; }

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# One line a claim: LINE KIND WHAT [PATH]
awk '
        function path_of(word) { sub(/[.,:;)]+$/, "", word); return word }
        /^```/ { fence = fence == "" ? substr($0, 4) " " : ""; path = ""; next }
        fence == "c " { print NR, "code", $0; next }
        /^[ \t]*$/ || /^#/ || /^[-*0-9|]/ { path = "" }
        {
                line = $0
                while (match(line, /(src|include|forms|tests)\/[A-Za-z0-9_.\/*-]+|[a-z_0-9]+\(\)|struct [a-z_]+|make [a-z-]+|simae [a-z]+( [^`|;»]*)?/)) {
                        word = substr(line, RSTART, RLENGTH)
                        before = RSTART > 1 ? substr(line, RSTART - 1, 1) : " "
                        next_line = substr(line, RSTART + RLENGTH)
                        if (word ~ /\(\)$/)
                                print NR, "function", substr(word, 1, length(word) - 2), path
                        else if (word ~ /^struct /)
                                print NR, "struct", substr(word, 8)
                        else if (word ~ /^make / && (before == "`" || fence != ""))
                                print NR, "make", substr(word, 6)
                        else if (word ~ /^simae / && (before == "`" || before == "/" || fence != ""))
                                print NR, "simae", substr(word, 7)
                        else if (word ~ /\//) {
                                path = path_of(word)
                                print NR, "path", path
                        }
                        line = next_line
                }
        }' "$readme" >"$scratch/claims"

# The sources without comments, one blank between words: what a line of a ```c block is looked for in.
find src include -name '*.[ch]' | LC_ALL=C sort | xargs cat | sed -e 's,/\*.*\*/,,g' -e 's,/\*.*,,' |
        awk '{ $1 = $1; print }' >"$scratch/code"

defined() { # NAME PATH: as a function of a .c file, or declared in a header or a table
        find "$2" -name '*.c' 2>/dev/null | xargs grep -qE "^[a-z].*\b\**$1\(.*[^;]$" /dev/null && return
        find "$2" -name '*.h' 2>/dev/null | xargs grep -qE "\b\**$1\(" /dev/null && return
        find "$2" -name '*.def' 2>/dev/null | xargs grep -qE "[(\"]$1[\",]" /dev/null
}
while read -r line kind what path; do
        case $kind in
        path)
                ls -d $what >/dev/null 2>&1 || say "$line: there is no $what"
                ;;
        function)
                if [ -n "$path" ]; then
                        defined "$what" "$path" || say "$line: $what() is not in $path"
                else
                        defined "$what" src || defined "$what" include || say "$line: there is no $what()"
                fi
                ;;
        struct)
                grep -rqE "struct $what( \{|\$)" src include || say "$line: there is no struct $what"
                ;;
        make)
                grep -qE "^([a-z-]+ )*$what( [a-z-]+)*:" Makefile tests/tests.mk || say "$line: there is no make $what"
                ;;
        simae)
                for word in $what $path; do
                        case $word in
                        --*) grep -q "OPTION(\"${word%%=*}\"" include/cli/options.def || say "$line: simae has no $word" ;;
                        esac
                done
                grep -q "COMMAND([a-z]*, \"${what%% *}\"" include/cli/commands.def || say "$line: there is no simae $what"
                ;;
        code)
                text=$(printf '%s %s\n' "$what" "$path" | sed -e 's,/\*.*\*/,,g' | awk '{ $1 = $1; print }')
                case $text in '' | … | '}') ;; *) grep -qxF -- "$text" "$scratch/code" || say "$line: not in the sources: $text" ;; esac
                ;;
        esac
done <"$scratch/claims"

if [ $# -eq 0 ]; then
        planted() {
                printf '%s\n' "$1" >"$scratch/README.md"
                sh "$0" "$scratch/README.md" >/dev/null && { echo "tour.sh does not notice: $1"; status=1; }
        }
        planted 'See `src/base/nothing.c`.'
        planted 'In `src/base/str.c`, `date_parse()` reads.'
        planted 'Then `no_such_function()` runs.'
        planted 'The `struct nothing_at_all` holds.'
        planted 'Run `make nothing`.'
        planted 'Run `simae nada`.'
        planted 'Run `simae tabla --nada`.'
        planted "$(printf '```c\nint no_such_line_anywhere;\n```')"
        printf 'In `src/base/str.c`, `str_add()` adds; `make check` and `simae tabla persona --formato csv`.\n' >"$scratch/README.md"
        sh "$0" "$scratch/README.md" || status=1
fi
exit $status
