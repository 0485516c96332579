#!/bin/sh
# layers.sh: every #include of ours obeys the ranks of src/LAYERS; only src/ui/term.c knows curses and
# only src/store knows SQLite.  Then plants one violation of each kind in a copy, which must be found.

# check TREE: prints every violation.
check() {
        ( cd "$1" && find src include -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
          xargs grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null |
          awk -v layers=src/LAYERS '
                BEGIN {
                        while ((getline line < layers) > 0)
                                if (split(line, part, /[ \t]+/) >= 2 && line !~ /^#/)
                                        rank[part[1]] = part[2]
                }
                # True if ../ in a name leads out of the folder of the layer.
                function leaves(path, name, own,    depth, n, i, step) {
                        depth = split(path, step, "/") - 3
                        for (n = split(name, step, "/"); ++i <= n; ) {
                                depth += step[i] == ".." ? -1 : step[i] != "."
                                if (depth < 0)
                                        return 1
                        }
                        return 0
                }
                {
                        split($0, part, ":")
                        path = part[1]; place = part[1] ":" part[2]
                        split(path, at, "/")
                        own = at[2]
                        if (!(own in rank)) {
                                print place ": folder " own " is not in src/LAYERS"
                                next
                        }
                        if (!match($0, /["<][^">]*[">]/))
                                next
                        name = substr($0, RSTART + 1, RLENGTH - 2)
                        quoted = substr($0, RSTART, 1) == "\""
                        if (name ~ /curses|term\.h$|panel\.h|menu\.h/ && !quoted && path != "src/ui/term.c" && name !~ /^sys/)
                                print place ": only src/ui/term.c may include <" name ">"
                        if (name ~ /sqlite3/ && own != "store")
                                print place ": only src/store may include <" name ">"
                        if (!quoted)
                                next
                        if (name ~ /^(src|include)\// || leaves(path, name, own))
                                print place ": \"" name "\" goes around include/"
                        if (split(name, to, "/") < 2 || !(to[1] in rank))
                                next
                        if (to[1] != own && rank[to[1]] + 0 >= rank[own] + 0)
                                print place ": " own " (rank " rank[own] ") may not include " to[1] " (rank " rank[to[1]] ")"
                }' )
}

found=$(check .)
status=0
if [ -n "$found" ]; then
        echo "$found"
        status=1
fi

tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
plant() { # FILE LINE: must be found
        rm -rf "$tree/src" "$tree/include"
        mkdir -p "$tree/include/base" "$tree/src/$(dirname "${1#src/}")"
        cp src/LAYERS "$tree/src/"
        echo "$2" >"$tree/$1"
        [ -n "$(check "$tree")" ] && return
        echo "layers.sh does not notice $2 in $1"
        status=1
}
plant src/base/x.c '#include "form/form.h"'
plant src/sync/x.c '#include "export/export.h"'
plant src/ui/x.c '#include "cli/cli.h"'
plant src/ui/widgets/x.c '#include <ncurses.h>'
plant src/app/x.c '#include <sqlite3.h>'
plant src/other/x.c '#include "base/err.h"'
plant src/fill/x.c '#include "../store/store_priv.h"'
plant src/fill/x.h ' # include "store/store.h"'
rm -rf "$tree/src"
mkdir -p "$tree/src/store" "$tree/src/ui" "$tree/include"
cp src/LAYERS "$tree/src/"
printf '#include <sqlite3.h>\n#include "base/err.h"\n#include "store_priv.h"\n' >"$tree/src/store/x.c"
printf '#include <ncurses.h>\n#include "app/app.h"\n#include "ui/ui.h"\n' >"$tree/src/ui/term.c"
found=$(check "$tree")
[ -z "$found" ] || { echo "layers.sh complains of what is right: $found"; status=1; }
exit $status
