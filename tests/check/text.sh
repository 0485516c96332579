#!/bin/sh
# text.sh: what no file may hold: work left open, waits in tests, paths of somebody's machine, tabs in C.
status=0
look() { # WHAT PATTERN FILE...: says where it stands
        what=$1 pattern=$2; shift 2
        found=$(grep -rnIE "$pattern" "$@" --include='*.[ch]' --include='*.def' --include='*.sh' --include='*.sql' \
                --include='*.t' --include='*.yaml' --include='*.md' --include='*.mk' --include=Makefile \
                --exclude=text.sh 2>/dev/null)
        [ -z "$found" ] && return
        printf '%s:\n%s\n' "$what" "$found"
        status=1
}
look "left open" '\b(TODO|FIXME|XXX|HACK)\b' src include tests forms Makefile README.md CHANGELOG.md
look "tests that wait instead of being told" '\b(sleep|usleep|nanosleep)\b *[(0-9.]' tests
look "paths of a machine" '(^|[^A-Za-z0-9_}/.])/(work|home|root|Users)/[a-z]|\.\./shared' src include tests forms Makefile README.md CHANGELOG.md
look "tabs in C" "$(printf '\t')" src include tests/unit tests/tui tests/bench tests/fuzz
exit $status
